import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { commandLine } from '../../src/drivers/local/command-line.ts'
import { copyTree } from '../../src/drivers/local/copy-tree.ts'
import { parseExit } from '../../src/drivers/local/exit.ts'
import { parseTable as parseNftTable } from '../../src/drivers/local/launcher/nftables.ts'
import { parseStat } from '../../src/drivers/linux/process-stat.ts'
import { isRunName } from '../../src/drivers/local/run-folder.ts'
import { countEstablished, parseTable } from '../../src/drivers/linux/sockets.ts'
import { createUids } from '../../src/drivers/local/uids.ts'

const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-parts-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

describe('exit files', () => {
  test.for([
    ['0', { kind: 'code', code: 0 }],
    ['7', { kind: 'code', code: 7 }],
    ['128', { kind: 'code', code: 128 }],
    ['137', { kind: 'signal', signal: 'SIGKILL' }],
    ['134', { kind: 'signal', signal: 'SIGABRT' }],
    ['143', { kind: 'signal', signal: 'SIGTERM' }],
    ['170', { kind: 'signal', signal: 'SIG42' }],
    ['193', { kind: 'code', code: 193 }],
    ['255', { kind: 'code', code: 255 }],
    ['137 oom', { kind: 'out-of-memory', limitMb: 512 }],
    ['lost machine restarted', { kind: 'lost', cause: 'machine restarted' }],
  ] as const)('%s', ([text, exit]) => {
    expect(parseExit(`${text}\n`, 512)).toEqual(exit)
  })
})

describe('start commands', () => {
  test.for(['./server', './bin/server -p 7777 --name=a', '/usr/games/teeworlds-server -q'])(
    '%s needs no shell',
    (command) => {
      expect(commandLine(` ${command} `)).toEqual({ kind: 'words', text: command })
    },
  )

  test.for(['./server -p $PORT', 'java -jar "my server.jar"', '"$HATCHERY_NODE" a.mjs >log'])(
    '%s replaces its shell',
    (command) => {
      expect(commandLine(command)).toEqual({ kind: 'script', text: `exec ${command}` })
    },
  )

  test.for([
    'cd bin && ./server',
    'A=b ./server',
    './prepare; ./server',
    './server 2>&1',
    'if true',
    'exec ./server -p $PORT',
  ])('%s keeps a shell that hands on the exit code', (command) => {
    expect(commandLine(command)).toEqual({
      kind: 'script',
      text: `trap 'exit $?' TERM INT HUP\n${command}`,
    })
  })
})

describe('tables of the kernel', () => {
  const header =
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
  const rest = '00000000:00000000 00:00000000 00000000     0        0'
  const tcp = [
    header,
    `   0: 0100007F:1F90 00000000:0000 0A ${rest} 4711 1 0000000000000000 100 0 0 10 0`,
    `   1: 0100007F:1F90 0100007F:D431 01 ${rest} 4712 1 0000000000000000 20 4 30 10 -1`,
    `   2: 00000000000000000000000000000000:1F91 00000000000000000000000000000000:0000 0A ${rest} 4713 1 0`,
    `   3: 0100007F:1F90 0100007F:D432 01 ${rest} 4714 1 0000000000000000 20 4 30 10 -1`,
    `   4: 0100007F:1F90 0100007F:D433 06 ${rest} 0 3 0000000000000000`,
    '',
  ].join('\n')

  test('listening and established TCP sockets are told apart', () => {
    expect(parseTable(tcp, 'tcp')).toEqual([
      { transport: 'tcp', port: 8080, state: 'listening', inode: 4711 },
      { transport: 'tcp', port: 8080, state: 'established', inode: 4712 },
      { transport: 'tcp', port: 8081, state: 'listening', inode: 4713 },
      { transport: 'tcp', port: 8080, state: 'established', inode: 4714 },
      { transport: 'tcp', port: 8080, state: 'other', inode: 0 },
    ])
  })

  test('established connections are counted by local port', () => {
    const counts = new Map<number, number>()
    countEstablished(tcp, counts)
    countEstablished('', counts)
    expect([...counts]).toEqual([[8080, 2]])
  })

  test('a bound UDP socket counts as listening', () => {
    const row = `  12: 00000000:4E20 00000000:0000 07 ${rest} 99 2 0000000000000000 0`
    expect(parseTable(`${header}\n${row}\n`, 'udp')).toEqual([
      { transport: 'udp', port: 20_000, state: 'listening', inode: 99 },
    ])
  })

  test('a process name with spaces and parentheses does not shift the fields', () => {
    const stat =
      '42 (a) b (c) S 1 42 41 0 -1 4194560 1 2 3 4 10 20 30 40 20 0 1 0 777 1000 55 18446744073709551615'
    expect(parseStat(stat)).toEqual({
      state: 'S',
      session: 41,
      startTime: '777',
      cpuTicks: 100,
      residentPages: 55,
    })
  })

  test('bytes and clients are read from the packet filter', () => {
    const element = (concat: unknown[], more: object = {}) => ({
      elem: { val: { concat }, ...more },
    })
    const text = JSON.stringify({
      nftables: [
        { metainfo: {} },
        { set: { name: 'ports', elem: [{ concat: ['udp', 1] }] } },
        { set: { name: 'egress', elem: [element(['udp', 20_000], { counter: { bytes: 5 } })] } },
        {
          set: {
            name: 'clients4',
            elem: [element([20_000, '10.0.0.1', 9]), element([20_000, '10.0.0.2', 9])],
          },
        },
        { set: { name: 'clients6' } },
      ],
    })
    expect(parseNftTable(text)).toEqual({
      ports: new Set(['udp 1']),
      egressBytes: new Map([['udp 20000', 5]]),
      clients: new Map([['udp 20000', 2]]),
    })
  })
})

test.for(['.slot-1-2-3', '..', 'a/b', '', '.ended', '-x'])('%j is no name of a run', (name) => {
  expect(isRunName(name)).toBe(false)
})

describe('user ids', () => {
  test('each application has its own, and keeps it over restarts', () => {
    const folder = aFolder()
    const range = { from: 300_000, to: 300_002 }
    const uidOf = createUids(folder, range)
    expect([uidOf('a'), uidOf('b'), uidOf('a')]).toEqual([300_000, 300_001, 300_000])
    expect(createUids(folder, range)('b')).toBe(300_001)
    expect(createUids(folder, range)('c')).toBe(300_002)
  })

  test('a full range is refused with the setting that widens it', () => {
    const uidOf = createUids(aFolder(), { from: 1, to: 1 })
    uidOf('a')
    expect(() => uidOf('b')).toThrow(
      'no user id is left for the application b: all of 1–1 are taken',
    )
  })
})

describe('copies of builds', () => {
  test('have all files, folders, modes and links', async () => {
    const [from, to] = [aFolder(), join(aFolder(), 'copy')]
    mkdirSync(join(from, 'bin'))
    writeFileSync(join(from, 'bin', 'server'), 'program', { mode: 0o755 })
    symlinkSync('bin/server', join(from, 'link'))
    await copyTree(from, to, null)
    expect(readdirSync(to).toSorted()).toEqual(['bin', 'link'])
    expect(readFileSync(join(to, 'link'), 'utf8')).toBe('program')
  })
})
