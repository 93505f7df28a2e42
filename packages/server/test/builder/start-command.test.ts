import { chmodSync, statSync, writeFileSync } from 'node:fs'
import { arch } from 'node:process'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { firstProgram } from '../../src/drivers/local/builder/procfile.ts'
import { type Entry, archiveOf, procfile, server } from './archive-of.ts'
import { type BuildPlace, aBuildPlace } from './build-in.ts'

let place: BuildPlace

beforeEach(() => {
  place = aBuildPlace()
})

afterEach(() => place.remove())

const refusalOf = async (...entries: Entry[]): Promise<string> => {
  const error: unknown = await place.build(archiveOf(entries)).catch((reason: unknown) => reason)
  expect(place.kept()).toEqual([])
  return error instanceof Error ? error.message : 'it was built'
}

const commandOf = async (...entries: Entry[]): Promise<string> =>
  (await place.build(archiveOf(entries))).artifact.command

describe('the Procfile', () => {
  test.each([
    ['server: ./server -port $PORT\n', './server -port $PORT'],
    ['server:./server', './server'],
    ['\uFEFFserver: ./server\r\nother: x\r\n', './server'],
    ['# the game\n\nworker: x\n  server :  ./server  \n', './server'],
    ['other: x\rserver: ./server', './server'],
  ])('%j starts %j', async (content, command) => {
    expect(await commandOf({ path: 'Procfile', content }, server)).toBe(command)
  })

  test.each([
    ['web: ./server', 'Procfile has no "server:" line; it has "web:": rename it'],
    [
      'web: a\nworker: b',
      'Procfile has no "server:" line; it has "web:", "worker:": rename the one that starts the game server',
    ],
    ['Server: a', 'Procfile has no "server:" line; it has "Server:": rename it'],
    ['', 'Procfile has no "server:" line; write one such as "server: ./your-server -port $PORT"'],
    [
      './server',
      'Procfile has no "server:" line; write one such as "server: ./your-server -port $PORT"',
    ],
    [
      'server:  \n',
      'the "server:" line of the Procfile has no command: write one such as "server: ./your-server -port $PORT"',
    ],
    ['server: a\nserver: b', 'Procfile has more than one "server:" line: keep one'],
  ])('%j is refused', async (content, message) => {
    expect(await refusalOf({ path: 'Procfile', content }, server)).toBe(message)
  })

  test('may be a link to another file', async () => {
    const link = { path: 'Procfile', type: '2', target: 'deploy/Procfile' }
    expect(
      await commandOf(link, { path: 'deploy/Procfile', content: 'server: ./server' }, server),
    ).toBe('./server')
  })
})

describe('without a Procfile', () => {
  test('the message lists what is at the root', async () => {
    expect(await refusalOf(server, { path: 'maps/a' }, { path: 'b' })).toBe(
      'the archive has no Procfile; at its root: "b", "maps/", "server"; add a file "Procfile" with the line "server: COMMAND", the command that starts the game server',
    )
  })

  test('the message is not endless', async () => {
    const many = Array.from({ length: 40 }, (_, index) => ({ path: `file-${index + 10}` }))
    expect(await refusalOf(...many)).toContain('"file-19" and 30 more; add a file')
  })

  test('a folder around everything is named', async () => {
    const message = 'the archive has no Procfile; at its root: "game/"; everything is below "game/"'
    expect(await refusalOf({ path: 'game/server' })).toBe(
      `${message}: pack what is in that folder, not the folder`,
    )
    expect(await refusalOf({ path: 'game/Procfile' })).toBe(
      `${message}, its Procfile too: pack what is in that folder, not the folder`,
    )
  })

  test('a Dockerfile is told what it needs', async () => {
    expect(await refusalOf({ path: 'Dockerfile' })).toContain(
      '; its Dockerfile needs a region with Docker',
    )
  })

  test.each(['procfile', 'Procfile.txt'])('%s is a slip', async (path) => {
    expect(await refusalOf({ path, content: 'server: ./server' }, server)).toContain(
      `rename "${path}" to "Procfile"`,
    )
  })
})

describe('the program', () => {
  test.each([
    ['./server', './server'],
    ['A=1 B="x y" ./server -x', './server'],
    ["exec './my server' x", './my server'],
    ['"./a b"/c', './a b/c'],
    ['./a\\ b', './a b'],
    ['./server>log', './server'],
    ['./server;true', './server'],
    ['node index.js', 'node'],
    ['cd bin && ./server', undefined],
    ['$GAME/server', undefined],
    ['"$(pwd)/server"', undefined],
    ['./server-*', undefined],
    ['exec -a name ./server', undefined],
    ['(./server)', undefined],
    ['A=1', undefined],
    ['', undefined],
  ])('of %j is %j', (command, program) => {
    expect(firstProgram(command)).toBe(program)
  })

  test.each([
    'cd bin && ./other',
    'sh ./whatever.sh',
    '/bin/sh -c true',
    'A=1 exec "./server" -port $PORT',
    'link/server',
  ])('%j is taken', async (command) => {
    const link = { path: 'link', type: '2', target: '.' }
    expect(await commandOf(procfile(command), link, server)).toBe(command)
  })

  test.each<[string, Entry[], string]>([
    [
      './server',
      [],
      'the start command "./server" is not in the archive: build the server before packing, and look whether the file is left out by an ignore file',
    ],
    [
      './Server',
      [server],
      'the start command "./Server" is not in the archive, which has "./server"',
    ],
    [
      './server',
      [{ path: 'out/linux/server' }],
      'the start command "./server" is not in the archive, which has "./out/linux/server"',
    ],
    ['./server', [{ path: 'server', type: '5' }], 'the start command "./server" is a folder'],
    [
      '../server',
      [],
      'the start command "../server" is outside of the archive: it must be a path below its root',
    ],
    ['server', [server], 'to start the archive\'s own, write "./server"'],
    [
      'no-such-program',
      [],
      'the start command "no-such-program" is not found in /usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games: install it',
    ],
    ['/opt/no/such', [], 'the start command "/opt/no/such" is no program of this machine'],
    [
      './server',
      [{ ...server, mode: 0o644 }],
      'the start command "./server" is not executable: run "chmod +x server" before packing',
    ],
    ['./server', [{ ...server, content: '' }], 'the start command "./server" is empty'],
    [
      './server',
      [{ ...server, content: 'MZ\x90\0' }],
      'the start command "./server" is a Windows program: build the server for Linux',
    ],
    [
      './server',
      [{ ...server, content: Buffer.from('cffaedfe07000001', 'hex') }],
      'the start command "./server" is a macOS program: build the server for Linux',
    ],
    [
      './server',
      [{ ...server, content: '#!/bin/sh\r\nexit\r\n' }],
      'the start command "./server" has Windows line ends',
    ],
    [
      './server',
      [{ ...server, content: '#!/opt/no/such -x\n' }],
      'the start command "./server" needs "/opt/no/such" (its first line), which is not on this machine',
    ],
  ])('%j is refused with the way out', async (command, entries, message) => {
    expect(
      await refusalOf(procfile(command), { path: 'readme', content: 'x' }, ...entries),
    ).toContain(message)
  })

  test('for another processor is refused', async () => {
    const [machine, name] = arch === 'arm64' ? [62, 'x64'] : [183, 'arm64']
    const elf = Buffer.alloc(64)
    elf.write('\x7fELF\x02\x01\x01', 'latin1')
    elf.writeUInt16LE(machine, 18)
    expect(await refusalOf(procfile('./server'), { ...server, content: elf })).toContain(
      `the start command "./server" is built for ${name}, but this machine is ${arch}`,
    )
  })

  test('of an archive from Windows, which has no such mode, is made executable with a warning', async () => {
    const built = await place.build(
      archiveOf([
        { ...procfile('./server'), mode: 0o666 },
        { ...server, mode: 0o666 },
      ]),
    )
    expect(statSync(join(place.folderOf(built), 'server')).mode & 0o777).toBe(0o777)
    expect(place.said).toContain(
      'warning: "./server" is not executable, as always when packed on Windows: it is made so',
    )
    const other = await place.build(archiveOf([procfile('./server'), server]))
    expect(other.artifact.contentHash).toBe(built.artifact.contentHash)
  })

  test('of the machine must be one that games may run', async () => {
    const tool = join(place.root, 'tool')
    writeFileSync(tool, '#!/bin/sh\n')
    chmodSync(tool, 0o750)
    const as = (asRoot: boolean): BuildPlace =>
      aBuildPlace({ asRoot, searchPath: `/nowhere:${place.root}` })
    const places = [as(true), as(false)]
    const [root, plain] = await Promise.allSettled(
      places.map((one) => one.build(archiveOf([procfile('tool')]))),
    )
    expect([root?.status, plain?.status]).toEqual(['rejected', 'fulfilled'])
    for (const one of places) one.remove()
  })
})
