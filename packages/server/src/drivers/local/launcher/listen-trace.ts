/**
 * The kernel tells who listens: its tracepoint `sock:inet_sock_set_state`, filtered to the state LISTEN, in a tracing
 * instance of our own. Read through `cat`, because a read of `trace_pipe` would block a thread of Node's pool for ever.
 * The shell around it ends `cat` and removes the instance as soon as our end of its input closes, however we die.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { shimEnvironment } from '../shim.ts'

export interface ListenTrace {
  close(): Promise<void>
}

export interface ListenTraceOptions {
  onListen: (port: number, threadId: number) => void
  /** True once hints come, false when they have ended. */
  onTrust: (come: boolean) => void
}

/** Needs root and a kernel with tracing; without them nothing is ever told. */
export function createListenTrace({ onListen, onTrust }: ListenTraceOptions): ListenTrace {
  if (process.getuid?.() !== 0) return { close: async () => {} }
  const child = spawn(
    'unshare',
    ['-m', 'sh', '-c', script, 'hatchery-trace', String(process.pid)],
    {
      env: shimEnvironment,
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  )
  child.on('error', () => onTrust(false))
  child.once('exit', () => onTrust(false))
  child.stdin.on('error', () => {})
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === 'ready') onTrust(true)
    const [, threadId, port] = /-(\d+)\s+\[.*\bsport=(\d+) /.exec(line) ?? []
    if (port !== undefined) onListen(Number(port), Number(threadId))
  })
  return { close: () => closeTrace(child) }
}

function closeTrace(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
    return Promise.resolve()
  }
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.stdin?.end()
  })
}

// Instances are the kernel's, not the mount's: those of launchers that are gone are removed here.
const script = `
tracing=/sys/kernel/tracing
[ -d $tracing/instances ] || mount -t tracefs tracefs $tracing || exit 1
for old in $tracing/instances/hatchery-*; do
  [ -d "$old" ] && [ ! -e "/proc/\${old##*-}" ] && rmdir "$old"
done
mine=$tracing/instances/hatchery-$1
mkdir "$mine" || exit 1
echo 64 >"$mine/buffer_size_kb"
echo 0 >"$mine/buffer_percent"
echo 'newstate == 10' >"$mine/events/sock/inet_sock_set_state/filter" &&
  echo 1 >"$mine/events/sock/inet_sock_set_state/enable" || { rmdir "$mine"; exit 1; }
cat "$mine/trace_pipe" &
reader=$!
echo ready
read -r never
echo 0 >"$mine/events/sock/inet_sock_set_state/enable"
kill $reader
wait $reader
rmdir "$mine"
`
