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
import { arch } from 'node:process'
import { commandLine } from './command-line.ts'
import { bootId } from './process-stat.ts'

export type StarterKind = 'perl' | 'sh'

/** How games are put on this machine. */
export interface Stage {
  readonly starter: StarterKind
  /** A mount namespace and a user of their own; else in place and as we are. */
  readonly isolated: boolean
  /** `work` is an overlay over the build, else a copy of it. */
  readonly overlay: boolean
}

export interface ShimPlan {
  readonly stage: Stage
  /** Folders of cgroups to join. */
  readonly cgroups: readonly string[]
  /** The kernel's file that counts kills for want of memory; empty where there is none. */
  readonly oomFile: string
}

/** Program and arguments of a shim. Its working directory must be the run folder, its descriptor 3 the orders. */
export function shimCommand(plan: ShimPlan): readonly string[] {
  const script = `${prologue}\n${starterLine(plan)}\n${epilogue}`
  return ['/bin/sh', '-c', script, 'hatchery-shim', bootId(), plan.oomFile, ...plan.cgroups]
}

/** All that a shim gets to see of our environment: nothing. */
export const shimEnvironment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }

// Positional parameters are borrowed to split a line into fields: ${20} is field 22 of the stat file, the start time.
const prologue = `boot=$1 oom_file=$2; shift 2; cgroups=$*
read -r stat <"/proc/$$/stat"; set -- \${stat##*) }
echo "$$ \${20} $boot" >shim
set -- $cgroups`

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

function starterLine({ stage: { starter, isolated } }: ShimPlan): string {
  if (starter === 'perl') {
    const numbers = systemCalls()
    if (numbers === undefined) throw new Error(`the perl starter does not know the processor ${arch}`)
    const mode = isolated ? 'isolated' : 'plain'
    return `perl -e '${perlStarter}' "$boot" ${mode} ${numbers.join(' ')} "$@"`
  }
  const shell = isolated ? 'exec unshare -m --propagation slave sh' : 'exec sh'
  return `( for folder in "$@"; do echo 0 >"$folder/cgroup.procs" || exit 1; done
echo ready >&3; ${shell} <&3 )`
}

/** Numbers of unshare, mount, setsid, prctl, setgroups, setresgid and setresuid. */
export function systemCalls(): readonly number[] | undefined {
  if (arch === 'x64') return [272, 165, 112, 157, 116, 119, 117]
  if (arch === 'arm64') return [97, 40, 157, 167, 159, 149, 147]
  return undefined
}

/**
 * Orders are fields ended by NUL: uid, work, node, log, folder, kind and text of the
 * command, environment …, `go`; a cut order starts nothing.
 * Numbers: 0x20000 CLONE_NEWNS, 0x84000 MS_SLAVE|MS_REC, 0x5000 MS_BIND|MS_REC, 6 MS_NOSUID|MS_NODEV, 193
 * O_WRONLY|O_CREAT|O_EXCL, prctl 24 PR_CAPBSET_DROP, 38 PR_SET_NO_NEW_PRIVS. No single quote may stand in here, and
 * strings given to syscall() must be variables.
 */
const perlStarter = `
my ($boot, $mode, $unshare, $mount, $setsid, $prctl, $setgroups, $setgid, $setuid, @cgroups) = @ARGV;
sub fail { print STDERR "$_[0]: $!\\n"; exit 1 }
$SIG{PIPE} = "IGNORE";
for my $folder (@cgroups) {
  open(my $procs, ">", "$folder/cgroup.procs") or fail("cannot open $folder");
  syswrite($procs, "0") or fail("cannot join $folder");
}
my ($none, $root, $fs, $stage, $view, $over, $target) = ("none", "/", "overlay", "/run/hatchery", "view", "view/work", "view/node");
my $options = "lowerdir=lower,upperdir=upper,workdir=overlay";
if ($mode eq "isolated") {
  syscall($unshare, 0x20000) == 0 && syscall($mount, $none, $root, $none, 0x84000, 0) == 0 or fail("cannot make a mount namespace");
}
open(my $orders, "+<&=", 3) or fail("no orders");
syswrite($orders, "ready\\n");
my ($order, $part) = ("", "");
$order .= $part while sysread($orders, $part, 65536);
my ($uid, $work, $node, $log, $folder, $kind, $command, @env) = split(/\\0/, $order);
exit 0 unless @env && pop(@env) eq "go";
if ($mode eq "isolated") {
  $work ne "overlay" or syscall($mount, $fs, $over, $fs, 6, $options) == 0 or fail("cannot mount the overlay");
  $node eq "" or syscall($mount, $node, $target, $none, 0x1000, 0) == 0 or fail("cannot mount $node");
  syscall($mount, $view, $stage, $none, 0x5000, 0) == 0 or fail("cannot mount $stage");
}
open(my $self, "<", "/proc/self/stat") or fail("no stat");
my $stat = <$self>;
my $start = (split(/ /, substr($stat, rindex($stat, ")") + 2)))[19];
open(my $output, ">>", $log) or fail("cannot open the log");
sysopen(my $pid, "pid", 193, 0600) or fail("was called off");
syswrite($pid, "$$ $start $boot\\n") or fail("cannot write pid");
syswrite($orders, "$$ $start\\n");
open(STDOUT, ">&", $output);
open(STDERR, ">&", $output);
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
  readonly overlay: boolean
  /** Our own Node, to be shown to the game; null: not shown. */
  readonly node: string | null
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

function perlOrders({ uid, overlay, node, log, folder, command, env }: Orders): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  const work = overlay ? 'overlay' : 'plain'
  const { kind, text } = commandLine(command)
  return [uid ?? 0, work, node ?? '', log, folder, kind, text, ...variables, 'go'].join('\0')
}

/**
 * The same as a script that the waiting sh reads. It is one block, so a cut one starts nothing. The environment stays
 * folded up in HATCHERY_E0 … until the privileges are gone: LD_PRELOAD of a deployment must not run in setpriv as root.
 */
function shellOrders(orders: Orders): string {
  const { uid, log, folder, command, env } = orders
  const folded = Object.entries(env).map(([name, value], i) => `HATCHERY_E${i}=${quote(`${name}=${value}`)}`)
  const names = folded.map((_, i) => `HATCHERY_E${i}`)
  const unfold = `export ${names.map((name) => `"$${name}"`).join(' ')}\nunset ${names.join(' ')}\n`
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

function shellMounts({ overlay, node }: Orders): string {
  const options = 'nosuid,nodev,lowerdir=lower,upperdir=upper,workdir=overlay'
  return [
    ...(overlay ? [`mount -n -t overlay overlay -o ${options} view/work || exit 1`] : []),
    ...(node === null ? [] : [`mount -n --bind ${quote(node)} view/node || exit 1`]),
    'mount -n --rbind view /run/hatchery || exit 1',
  ].join('\n')
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
