/**
 * A data folder as the first version left it, with a game of that time alive on it. The databases are dumps of what that
 * version wrote; its shim and its run folder are made here as it made them. None of this may change with the sources.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { onTestFinished } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { killIfThere } from '../support/kill-if-there.ts'
import { aFolder } from '../support/start-hatchery.ts'

export interface FirstVersion {
  readonly data: string
  readonly token: string
  readonly appId: string
  /** Alive. */
  readonly processId: string
  /** Of the process that is alive, the first of the range. */
  readonly port: number
  readonly pid: number
  /** Settings that this folder had then. */
  readonly flags: readonly string[]
}

const fixtures = join(import.meta.dirname, '../stores/fixtures/first-version')
const token = 'the-admin-token-of-the-first-version'
const appId = 'app-4a776f83-eede-4f40-91e9-56808ddb08a2'
const aliveThen = '5bd10b05-b9cf-4701-88d0-e0e65fc309ac'
const artifact = 'ebecf42d8265250d6a97c3da7cf7e14cc8cad0594e9367f1bf430e227a46aa31'

/** Its process has an id and ports of its own, so that tests may run side by side on a machine. */
export async function aFirstVersion(firstPort: number): Promise<FirstVersion> {
  const data = join(aFolder(), 'data')
  const processId = randomUUID()
  const renewed = (file: string): string =>
    readFileSync(join(fixtures, file), 'utf8')
      .replaceAll(aliveThen, processId)
      .replaceAll(/\b299([0-3]\d)\b/g, (_, rest: string) => String(firstPort + Number(rest)))
  makeFolder(data)
  restore(join(data, 'hatchery.db'), renewed('hatchery.sql'))
  restore(join(data, 'metrics.db'), renewed('metrics.sql'))
  const pid = await startGame(data, processId, renewed('spec.json'))
  const range = [`--ports-from=${firstPort}`, `--ports-to=${firstPort + 39}`]
  return { data, token, appId, processId, port: firstPort, pid, flags: range }
}

function makeFolder(data: string): void {
  for (const name of ['', 'builds', 'logs', 'run', 'run/.uids', 'uploads', `builds/${artifact}`])
    mkdirSync(join(data, name), { mode: 0o700 })
  chmodSync(join(data, 'builds', artifact), 0o777)
  const write = (name: string, text: string, mode = 0o600): void =>
    writeFileSync(join(data, name), text, { mode })
  write('token', `${token}\n`)
  write('upload-key', '0123456789abcdef0123456789abcdef')
  write('installation.json', '{"installationId":"bb07d722-dca7-44dc-a8a3-c248838309b0"}')
  write('run/.ended', '')
  write(`builds/${artifact}/Procfile`, 'server: exec "$HATCHERY_NODE" server.mjs\n', 0o666)
  write(`builds/${artifact}/server.mjs`, game, 0o666)
}

const game = `
import { createSocket } from 'node:dgram'
console.log('from the first version')
createSocket('udp4').bind(Number(process.env.PORT))
`

function restore(file: string, dump: string): void {
  const db = new DatabaseSync(file)
  db.exec(dump)
  db.close()
  chmodSync(file, 0o600)
}

/** What the shim did once the program had ended, word for word. */
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

/** The shim, and in its foreground the program, in a session of its own. Answers the program's pid. */
async function startGame(data: string, processId: string, record: string): Promise<number> {
  const folder = join(data, 'run', processId)
  const log = join(data, 'logs', `${processId}.log`)
  const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  for (const name of ['', 'home', 'tmp', 'work']) mkdirSync(join(folder, name), { mode: 0o700 })
  writeFileSync(join(folder, 'work', 'server.mjs'), game)
  const program = `read -r stat <"/proc/$$/stat"; set -- \${stat##*) }
echo "$$ \${20} ${bootId}" >pid
cd work
exec setsid '${process.execPath}' server.mjs </dev/null >>'${log}' 2>&1`
  const script = `oom_file=$1\n( exec sh -c "$2" )\n${epilogue}`
  const shim = spawn('/bin/sh', ['-c', script, 'hatchery-shim', '', program], {
    ...{ cwd: folder, detached: true, stdio: 'ignore' },
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ...environmentIn(record) },
  })
  const place = { LOG: log, BOOT: bootId, SHIM: startTimeOf(shim.pid ?? 0) }
  writeFileSync(join(folder, 'spec.json'), placed(record, shim, place), { mode: 0o600 })
  const pid = await eventually('the game runs', () => pidIn(folder))
  onTestFinished(() => endAll(shim, pid))
  // It has its pid a moment before it has its log.
  await eventually('it wrote', () => existsSync(log) && readFileSync(log, 'utf8') !== '')
  writeFileSync(join(folder, 'bound'), '1795631556653')
  return pid
}

const environmentIn = (record: string): Record<string, string> =>
  (JSON.parse(record) as { spec: { env: Record<string, string> } }).spec.env

function placed(record: string, shim: ChildProcess, place: Record<string, string>): string {
  const text = record.replace('"pid": 0', `"pid": ${shim.pid}`)
  return Object.entries(place).reduce(
    (so, [name, value]) => so.replace(`"${name}"`, `"${value}"`),
    text,
  )
}

function pidIn(folder: string): number | false {
  try {
    return Number.parseInt(readFileSync(join(folder, 'pid'), 'utf8'), 10) || false
  } catch {
    return false
  }
}

/** Field 22 of its stat, counted behind its name. */
function startTimeOf(pid: number): string {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

function endAll(shim: ChildProcess, pid: number): void {
  shim.kill('SIGKILL')
  killIfThere(pid)
}
