/**
 * The shim: a shell script per process that outlives launcher and server and writes the program's exit code down.
 *
 * It stays in a session of its own, outside the run's cgroups, so that nothing meant for the game reaches it. In its
 * foreground runs the *starter*, which waits on descriptor 3 for its orders (what to start), sets the stage, creates
 * `pid` exclusively and then becomes the game. So a shim can be made before anyone knows what it will start.
 *
 * Two starters do the same: one in perl, which every Debian, Ubuntu and Fedora has and which needs one exec for
 * everything (1.5 ms), and one in sh with util-linux, for machines without it (6 ms).
 */
import { arch, execPath } from 'node:process'
import { commandLine } from './command-line.ts'
import { bootId } from '../linux/process-stat.ts'

export type StarterKind = 'perl' | 'sh'

/** How games are put on this machine. */
export interface Stage {
  readonly starter: StarterKind
  /** A mount namespace and a user of their own; else in place and as we are. */
  readonly isolated: boolean
  /** `work` is an overlay over the build, else a copy of it. */
  readonly overlay: boolean
}

/** The mount point that games see their own folders at: on the machine itself empty `work`, `home`, `tmp` and `node`. */
export const stageFolder = '/run/hatchery'

export interface ShimPlan {
  readonly stage: Stage
  /** Folders of cgroups to join. */
  readonly cgroups: readonly string[]
  /** The kernel's file that counts kills for want of memory; empty where there is none. */
  readonly oomFile: string
}

/** Program and arguments of a shim. Its working directory must be the run folder, its descriptor 3 the orders. */
export function shimCommand(plan: ShimPlan): readonly string[] {
  const script = `oom_file=$1; shift\n${starterLine(plan.stage)}\n${epilogue}`
  return ['/bin/sh', '-c', script, 'hatchery-shim', plan.oomFile, ...plan.cgroups]
}

/** All that a shim gets to see of our environment: nothing. */
export const shimEnvironment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }

/**
 * `exit` is written again and again while the disk is full. The line in `.ended` wakes a launcher that is not the
 * shim's parent.
 */
const epilogue = `code=$?
[ -s pid ] && read -r pid started rest <pid && [ "$started" ] || exit 1
oom=
if [ $code = 137 ] && [ "$oom_file" ]; then
  while read -r key value; do
    if [ "$key" = oom_kill ] && [ "$value" != 0 ]; then oom=' oom'; fi
  done <"$oom_file"
fi
until echo "$code$oom" >exit; do
  [ -e spec.json ] || exit 1
  sleep 1
done
pwd -P >>../.ended`

function starterLine({ starter, isolated }: Stage): string {
  if (starter === 'perl') {
    const numbers = systemCalls()
    if (numbers === undefined)
      throw new Error(`the perl starter does not know the processor ${arch}`)
    const mode = isolated ? 'isolated' : 'plain'
    return `perl -e '${perlStarter}' ${mode} ${bootId()} ${quote(execPath)} ${numbers.join(' ')} "$@"`
  }
  const shell = isolated ? 'exec unshare -m --propagation slave sh' : 'exec sh'
  return `( exec 2>&3
for folder in "$@"; do echo 0 >"$folder/cgroup.procs" || exit 1; done
echo ready >&3; ${shell} <&3 )`
}

/** Numbers of unshare, mount, setsid, prctl, setgroups, setresgid and setresuid. */
export function systemCalls(): readonly number[] | undefined {
  if (arch === 'x64') return [272, 165, 112, 157, 116, 119, 117]
  if (arch === 'arm64') return [97, 40, 157, 167, 159, 149, 147]
  return undefined
}

/**
 * It complains on descriptor 3 until the program runs. Orders are fields ended by NUL: uid, overlay options, log,
 * folder, kind and text of the command, environment …, `go`; a cut order starts nothing.
 * Numbers: 0x20000 CLONE_NEWNS, 0x84000 MS_SLAVE|MS_REC, 0x1000 MS_BIND, 6 MS_NOSUID|MS_NODEV, 193
 * O_WRONLY|O_CREAT|O_EXCL, prctl 24 PR_CAPBSET_DROP, 38 PR_SET_NO_NEW_PRIVS. No single quote may stand in here, and
 * strings given to syscall() must be variables.
 */
const perlStarter = `
my ($mode, $boot, $node, $unshare, $mount, $setsid, $prctl, $setgroups, $setgid, $setuid, @cgroups) = @ARGV;
my ($none, $root, $fs, $stage) = ("none", "/", "overlay", "${stageFolder}");
$SIG{PIPE} = "IGNORE";
open(my $orders, "+<&=", 3) or exit 1;
sub fail { syswrite($orders, "$_[0]: $!\\n"); exit 1 }
sub bind_at { my ($from, $to) = ($_[0], "$stage/$_[1]"); syscall($mount, $from, $to, $none, 0x1000, 0) == 0 or fail("cannot mount $to") }
for my $folder (@cgroups) {
  open(my $procs, ">", "$folder/cgroup.procs") or fail("cannot open $folder");
  syswrite($procs, "0") or fail("cannot join $folder");
}
if ($mode eq "isolated") {
  syscall($unshare, 0x20000) == 0 or fail("cannot make a mount namespace");
  syscall($mount, $none, $root, $none, 0x84000, 0) == 0 or fail("cannot keep mounts apart");
  bind_at("home", "home"); bind_at("tmp", "tmp"); bind_at($node, "node");
}
syswrite($orders, "ready\\n");
my ($order, $part) = ("", "");
$order .= $part while sysread($orders, $part, 65536);
my ($uid, $options, $log, $folder, $kind, $command, @env) = split(/\\0/, $order);
exit 0 unless @env && pop(@env) eq "go";
if ($mode eq "isolated") {
  my $work = "$stage/work";
  if ($options eq "") { bind_at("work", "work") }
  else { syscall($mount, $fs, $work, $fs, 6, $options) == 0 or fail("cannot mount the overlay") }
}
open(my $self, "<", "/proc/self/stat") or fail("no stat");
my $stat = <$self>;
my $start = (split(/ /, substr($stat, rindex($stat, ")") + 2)))[19];
open(STDOUT, ">>", $log) or fail("cannot open the log");
open(STDERR, ">&", STDOUT);
sysopen(my $pid, "pid", 193, 0600) or fail("called off");
syswrite($pid, "$$ $start $boot\\n") or fail("cannot write pid");
syswrite($orders, "$$ $start\\n");
close($orders);
sub refuse { print STDERR "hatchery: $_[0]: $!\\n"; exit 126 }
chdir($folder) or refuse("cannot enter $folder");
syscall($setsid);
if ($mode eq "isolated") {
  for my $cap (0 .. 63) { last if syscall($prctl, 24, $cap, 0, 0, 0) != 0 }
  syscall($prctl, 38, 1, 0, 0, 0) == 0 && syscall($setgroups, 0, 0) == 0 && syscall($setgid, $uid+0, $uid+0, $uid+0) == 0
    && syscall($setuid, $uid+0, $uid+0, $uid+0) == 0 or refuse("cannot drop privileges");
}
umask(022);
$SIG{PIPE} = "DEFAULT";
%ENV = map { split(/=/, $_, 2) } @env;
my @words = $kind eq "words" ? split(/ +/, $command) : ("/bin/sh", "-c", $command);
exec { $words[0] } @words or print STDERR "hatchery: cannot run $words[0]: $!\\n";
exit 127;
`

export interface Orders {
  /** Null: as we are. */
  readonly uid: number | null
  /** The build to lay the overlay over; null: `work` is a copy. */
  readonly overlayOver: string | null
  readonly log: string
  /** The game's working directory. */
  readonly folder: string
  readonly command: string
  readonly env: Readonly<Record<string, string>>
}

/** The bytes that make a waiting starter become the program. */
export function ordersFor(starter: StarterKind, orders: Orders): string {
  return starter === 'perl' ? perlOrders(orders) : shellOrders(orders)
}

function perlOrders({ uid, overlayOver, log, folder, command, env }: Orders): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  const options = overlayOver === null ? '' : overlayOptions(overlayOver)
  const { kind, text } = commandLine(command)
  return [uid ?? 0, options, log, folder, kind, text, ...variables, 'go'].join('\0')
}

/** Relative to the run folder. In a path, what separates options and layers is escaped. */
const overlayOptions = (build: string): string =>
  `lowerdir=${build.replaceAll(/[\\:,]/g, String.raw`\$&`)},upperdir=upper,workdir=overlay`

/**
 * The same as a script that the waiting sh reads. It is one block, so a cut one starts nothing. The environment stays
 * folded up in HATCHERY_E0 … until the privileges are gone: LD_PRELOAD of a deployment must not run in setpriv as root.
 */
function shellOrders(orders: Orders): string {
  const { uid, log, folder, command, env } = orders
  const folded = Object.entries(env).map(
    ([name, value], i) => `HATCHERY_E${i}=${quote(`${name}=${value}`)}`,
  )
  const names = folded.map((_, i) => `HATCHERY_E${i}`)
  const unfold = `export ${names.map((name) => `"$${name}"`).join(' ')}\nunset OLDPWD ${names.join(' ')}\n`
  const { kind, text } = commandLine(command)
  const script = kind === 'words' ? `exec ${text}` : text
  const drop =
    uid === null
      ? ''
      : `setpriv --reuid ${uid} --regid ${uid} --clear-groups --bounding-set=-all --no-new-privs `
  return `{
trap '' PIPE
set -C
${uid === null ? '' : shellMounts(orders)}
read -r stat <"/proc/$$/stat"; set -- \${stat##*) }
: >>${quote(log)} || exit 1
echo "$$ \${20} ${bootId()}" >pid || exit 1
echo "$$ \${20}" >&3
trap - PIPE
cd ${quote(folder)} || exit 126
umask 022
export ${folded.join(' ')}
exec setsid ${drop}sh -c ${quote(unfold + script)} </dev/null >>${quote(log)} 2>&1 3>&-
}
`
}

function shellMounts({ overlayOver }: Orders): string {
  const bind = (from: string, name: string) =>
    `mount -n --bind ${quote(from)} ${stageFolder}/${name} || exit 1`
  const work =
    overlayOver === null
      ? bind('work', 'work')
      : `mount -n -t overlay overlay -o ${quote(`nosuid,nodev,${overlayOptions(overlayOver)}`)} ${stageFolder}/work || exit 1`
  return [work, bind('home', 'home'), bind('tmp', 'tmp'), bind(execPath, 'node')].join('\n')
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
