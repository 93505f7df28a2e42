/** Parts of the Docker driver that need no engine. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ImageArtifact, ProcessSpec } from '../../src/domain/driver.ts'
import { containerBody, labels } from '../../src/drivers/docker/container-spec.ts'
import { rowsOf } from '../../src/drivers/docker/container-sockets.ts'
import { commonVersion, createEngineClient } from '../../src/drivers/docker/engine-client.ts'
import { EngineError } from '../../src/drivers/docker/engine-error.ts'
import { statsOf } from '../../src/drivers/docker/engine-stats.ts'
import { frameBatchesOf } from '../../src/drivers/docker/frames.ts'
import {
  type LogPosition,
  beginning,
  createLogJoin,
  secondsOf,
} from '../../src/drivers/docker/log-position.ts'
import {
  type ContainerState,
  instantOf,
  observationOf,
  specIn,
} from '../../src/drivers/docker/observe.ts'
import { sshArguments } from '../../src/drivers/docker/ssh-tunnel.ts'
import { datagramsIn, sentBytesIn } from '../../src/drivers/docker/network-counters.ts'
import { aSpec } from './support/a-spec.ts'
import { until } from './support/until.ts'

const artifact = { kind: 'image', contentHash: 'b'.repeat(64), engine: 'unix:///e' } as const
const spec: ProcessSpec<ImageArtifact> = { ...aSpec({ port: 20_013, cpu: 0.25 }), artifact }
const options = { network: 'bridge', readOnlyRoot: false } as const

describe('the body of a new container', () => {
  test('publishes the leased number of each port, limits everything, and carries the stamp', () => {
    expect(containerBody(spec, options)).toMatchObject({
      Image: `sha256:${'b'.repeat(64)}`,
      Env: ['PORT=20013', `HATHORA_PROCESS_ID=${spec.processId}`],
      ExposedPorts: { '7777/udp': {} },
      Labels: {
        [labels.installation]: spec.installationId,
        [labels.process]: spec.processId,
        [labels.spec]: JSON.stringify(spec),
      },
      HostConfig: {
        NetworkMode: 'bridge',
        PortBindings: { '7777/udp': [{ HostPort: '20013' }] },
        Init: true,
        Memory: 536_870_912,
        MemorySwap: 536_870_912,
        CpuPeriod: 100_000,
        CpuQuota: 25_000,
        CapDrop: ['ALL'],
        SecurityOpt: ['no-new-privileges'],
        RestartPolicy: { Name: 'no' },
        LogConfig: { Type: 'local', Config: { 'max-size': '16m' } },
      },
    })
  })

  test('publishes nothing on the network of the host', () => {
    const body = containerBody(spec, { ...options, network: 'host' })
    expect(body).not.toHaveProperty('ExposedPorts')
    expect(body.HostConfig).toMatchObject({ NetworkMode: 'host', UsernsMode: 'host' })
    expect(body.HostConfig).not.toHaveProperty('PortBindings')
  })

  test('may keep the root read-only, with a /tmp to write to', () => {
    const body = containerBody(spec, { ...options, readOnlyRoot: true })
    expect(body.HostConfig).toMatchObject({
      ReadonlyRootfs: true,
      Tmpfs: { '/tmp': 'mode=1777' },
    })
  })
})

describe('the client of an engine', () => {
  test.each([
    [undefined, 8],
    [3, 3],
  ])('has so many calls in flight and no more (setting %s)', async (mostCallsAtOnce, most) => {
    let inFlight = 0
    let seen = 0
    const waiting: (() => void)[] = []
    const server = createServer((request, response) => {
      if (request.url === '/version') return response.end('{"Version":"1","ApiVersion":"1.41"}')
      inFlight += 1
      seen = Math.max(seen, inFlight)
      waiting.push(() => {
        inFlight -= 1
        response.end()
      })
    })
    const folder = mkdtempSync(join(tmpdir(), 'hatchery-client-'))
    const socket = join(folder, 'engine.sock')
    await once(server.listen(socket), 'listening')
    const client = createEngineClient({
      url: `unix://${socket}`,
      ...(mostCallsAtOnce !== undefined && { mostCallsAtOnce }),
    })
    onTestFinished(() => {
      client.close()
      server.close()
      rmSync(folder, { recursive: true })
    })
    const calls = Array.from({ length: 20 }, () => client.call({ method: 'GET', path: '/info' }))
    let answered = 0
    while (answered < 20) {
      const now = Math.min(most, 20 - answered)
      await until(`${now} calls arrive`, () => waiting.length === now)
      for (const answer of waiting.splice(0)) answer()
      answered += now
    }
    await Promise.all(calls)
    expect(seen).toBe(most)
  })
})

describe('the command for an engine behind SSH', () => {
  const options = [
    ...['-T', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10'],
    ...['-o', 'ServerAliveInterval=15', '-o', 'ServerAliveCountMax=3'],
  ]
  test.each([
    ['ssh://far', ['--', 'far', 'docker', 'system', 'dial-stdio']],
    [
      'ssh://ada@far:22022',
      ['-l', 'ada', '-p', '22022', '--', 'far', 'docker', 'system', 'dial-stdio'],
    ],
    [
      'ssh://[::1]/run/d.sock',
      ['--', '::1', 'docker', '--host', 'unix:///run/d.sock', 'system', 'dial-stdio'],
    ],
  ])('%s', (url, command) => {
    expect(sshArguments(url)).toEqual([...options, ...command])
  })
})

describe('what the engine says of a container', () => {
  const never = '0001-01-01T00:00:00Z'
  const begun = '2026-01-02T03:04:05.123456789Z'
  const over = '2026-01-02T03:04:06.999Z'
  const state = (given: Partial<ContainerState>): { State: ContainerState } => ({
    State: {
      ...{ Status: 'exited', Pid: 0, ExitCode: 0, OOMKilled: false, Error: '' },
      ...{ StartedAt: begun, FinishedAt: over, ...given },
    },
  })
  const unseen = { boundAt: null, boundInstead: null }

  test.each<[string, Partial<ContainerState>, object]>([
    ['made', { Status: 'created', StartedAt: never }, { state: 'starting' }],
    [
      'refused at its start',
      { Status: 'created', ExitCode: 127, StartedAt: never },
      { state: 'starting' },
    ],
    ['running', { Status: 'running', FinishedAt: never }, { state: 'running' }],
    ['exited', { ExitCode: 7 }, { state: 'ended', exit: { kind: 'code', code: 7 } }],
    ['killed', { ExitCode: 137 }, { exit: { kind: 'signal', signal: 'SIGKILL' } }],
    ['crashed', { ExitCode: 139 }, { exit: { kind: 'signal', signal: 'SIGSEGV' } }],
    [
      'out of memory',
      { ExitCode: 137, OOMKilled: true },
      { exit: { kind: 'out-of-memory', limitMb: 512 } },
    ],
    [
      'well, although a child was out of memory',
      { ExitCode: 0, OOMKilled: true },
      { exit: { kind: 'code', code: 0 } },
    ],
  ])('%s', (_, given, expected) => {
    expect(observationOf(state(given), spec, unseen)).toMatchObject(expected)
  })

  test('times are ordered whatever clock they come from', () => {
    const port = { boundAt: 5, boundInstead: null }
    const early = state({ FinishedAt: '2020-01-01T00:00:00Z' })
    const bootedAt = Date.parse('2026-01-02T03:04:05.123Z')
    expect(observationOf(early, spec, port)).toMatchObject({
      ...{ bootedAt, boundAt: bootedAt, endedAt: bootedAt },
    })
    expect(instantOf(never)).toBeNull()
  })

  test('a stamp of another installation is none of ours', () => {
    const { Labels } = containerBody(spec, options)
    expect(specIn({ Config: { Labels } }, spec.installationId)).toEqual(spec)
    expect(specIn({ Config: { Labels } }, 'another')).toBeUndefined()
    expect(specIn({ Config: { Labels: null } }, spec.installationId)).toBeUndefined()
  })
})

describe('an engine', () => {
  test.each([
    ['1.41', '1.12', '1.41'],
    ['1.50', '1.24', '1.50'],
    ['1.99', '1.44', '1.51'],
  ])('that speaks %s and at least %s is spoken to in %s', (ApiVersion, MinAPIVersion, common) => {
    expect(commonVersion({ Version: '1', ApiVersion, MinAPIVersion })).toBe(common)
  })

  test.each([
    [
      '1.40',
      '1.12',
      'the Docker engine 1 is too old: it speaks API 1.40, and 1.41 to 1.51 are known',
    ],
    [
      '1.99',
      '1.60',
      'the Docker engine 1 is too new: it speaks API 1.60, and 1.41 to 1.51 are known',
    ],
  ])('that speaks %s and at least %s is refused', (ApiVersion, MinAPIVersion, words) => {
    expect(() => commonVersion({ Version: '1', ApiVersion, MinAPIVersion })).toThrow(words)
  })

  test.each([
    [500, 'driver failed: Bind for 0.0.0.0:20000 failed: port is already allocated', true, true],
    [500, 'listen udp4 0.0.0.0:1: bind: address already in use', true, true],
    [400, 'exec: "./game": stat ./game: no such file or directory: unknown', false, false],
    [503, 'shutting down', true, false],
  ])('that answers %d %s', (status, words, temporary, portTaken) => {
    expect(new EngineError(status, words)).toMatchObject({ message: words, temporary, portTaken })
  })

  test('that is not there is a passing failure that names its address', async () => {
    const client = createEngineClient({ url: 'unix:///nowhere/docker.sock' })
    onTestFinished(client.close)
    await expect(client.version()).rejects.toMatchObject({
      message: expect.stringContaining('the Docker engine at unix:///nowhere/docker.sock does not'),
      temporary: true,
    })
  })

  test('that was another version before is asked anew after a connection failed', async () => {
    let api = '1.42'
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      if (request.url?.endsWith('/broken') === true) return request.socket.destroy()
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ Version: '20', ApiVersion: api, MinAPIVersion: '1.12' }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as { port: number }
    const client = createEngineClient({ url: `tcp://127.0.0.1:${port}` })
    onTestFinished(client.close)
    await client.call({ method: 'GET', path: '/one' })
    api = '1.43'
    await expect(client.call({ method: 'GET', path: '/broken' })).rejects.toThrow('does not answer')
    await client.call({ method: 'GET', path: '/two' })
    expect(asked).toEqual(['/version', '/v1.42/one', '/v1.42/broken', '/version', '/v1.43/two'])
  })
})

test('frames are found however the bytes are cut', async () => {
  const frame = (stream: number, text: string): Buffer => {
    const head = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0])
    head.writeUInt32BE(text.length, 4)
    return Buffer.concat([head, Buffer.from(text)])
  }
  const bytes = Buffer.concat([frame(1, 'one\n'), frame(2, ''), frame(2, 'three\n')])
  for (let size = 1; size <= bytes.length; size += 1) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    )
    const found: string[] = []
    for await (const frames of frameBatchesOf(
      (async function* () {
        yield* chunks
      })(),
    )) {
      found.push(...frames.map((one) => `${one.stream} ${one.bytes.toString()}`))
    }
    expect(found).toEqual(['stdout one\n', 'stderr ', 'stderr three\n'])
  }
})

test('tables printed one after the other are told apart', () => {
  const title = '  sl  local_address rem_address   st tx_queue\n'
  const row = (port: string, state: string): string =>
    `   0: 00000000:${port} 00000000:0000 ${state} 0\n`
  const text = `${title}${row('1E61', '07')}${title}${title}${row('1E62', '0A')}${title}`
  expect(rowsOf(text)).toMatchObject([
    { transport: 'udp', port: 7777, state: 'listening' },
    { transport: 'tcp', port: 7778, state: 'listening' },
  ])
})

describe('joining a log again', () => {
  /** The engine's log: a piece each 50 µs, two of the same time now and then. */
  const log = Array.from({ length: 30_000 }, (_, i) => {
    const micros = 1_000_000 + 50 * (i - (i % 7 === 0 ? 1 : 0))
    const time = new Date(1_700_000_000_000 + Math.floor(micros / 1000)).toISOString()
    const nanos = String((micros % 1000) * 1000).padStart(6, '0')
    return { time: `${time.slice(0, 23)}${nanos}Z`, bytes: Buffer.from(`line ${i}\n`) }
  })
  const from = ({ since }: LogPosition) => log.filter(({ time }) => since === null || time >= since)

  /** Copies some pieces; `noted`: whether the position after the last of them was. */
  function copy(position: LogPosition, file: string[], most: number, unnoted = 0): LogPosition {
    const text = file.join('')
    const tail = text.slice(position.sizeBytes)
    let size = text.length
    const join = createLogJoin(position, Buffer.from(tail))
    let after = position
    let copied = 0
    for (const piece of from(position)) {
      if (copied === most) break
      if (!join.take(piece)) continue
      file.push(piece.bytes.toString())
      copied += 1
      size += piece.bytes.length
      if (copied <= most - unnoted) after = join.position(size)
    }
    return after
  }

  test.each([0, 3])('loses and doubles nothing, with %d pieces that were not noted', (unnoted) => {
    const file: string[] = []
    let position = beginning
    for (const most of [5, 1, 9_000, 20, 9_000, 1_000, 100_000]) {
      position = copy(position, file, most, most > unnoted ? unnoted : 0)
    }
    expect(file).toEqual(log.map(({ bytes }) => bytes.toString()))
    expect(position.since).not.toBeNull()
  })

  test('takes all there is when the engine dropped what was counted', () => {
    const file: string[] = []
    const position = copy(beginning, file, 10)
    const join = createLogJoin(position, Buffer.alloc(0))
    const left = log.slice(20, 25)
    expect(left.map(join.take)).toEqual(left.map(() => true))
    expect(join.position(0)).toMatchObject({ first: log[20]?.time, count: 5 })
  })

  test('asks with seconds and nanoseconds', () => {
    expect(secondsOf('2023-11-14T22:13:20.000000001Z')).toBe('1700000000.000000001')
  })
})

describe('what a container uses', () => {
  test('is read from the counters of its network', () => {
    const devices = [
      'Inter-|   Receive                |  Transmit',
      ' face |bytes    packets errs drop |bytes    packets errs',
      '    lo: 100 1 0 0 0 0 0 0 100 1 0 0 0 0 0 0',
      '  eth0: 5 1 0 0 0 0 0 0 1234 1 0 0 0 0 0 0',
      '  eth1:5 1 0 0 0 0 0 0 6 1 0 0 0 0 0 0',
    ]
    expect(sentBytesIn(devices.join('\n'))).toBe(1_240)
    expect(datagramsIn('Tcp: RtoMin\nTcp: 1\nUdp: InDatagrams NoPorts\nUdp: 42 7\n')).toBe(42)
  })

  test('is told by an engine elsewhere without cached files', () => {
    const cpu_stats = { cpu_usage: { total_usage: 1_500_000_000 } }
    const stats = { usage: 1_000, stats: { inactive_file: 300 } }
    expect(statsOf({ cpu_stats, memory_stats: stats })).toEqual({
      ...{ cpuSeconds: 1.5, memoryBytes: 700, egressBytes: null },
    })
    const networks = { eth0: { tx_bytes: 7 }, eth1: { tx_bytes: 1 } }
    expect(statsOf({ cpu_stats, memory_stats: {}, networks })).toMatchObject({
      ...{ memoryBytes: 0, egressBytes: 8 },
    })
  })
})
