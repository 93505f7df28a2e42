/** From a program to an address, and back to the version before: on a real server with real processes. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createSocket } from 'node:dgram'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { jsonOf, onlineWithApp } from './support/online.ts'
import { type Place, aPlace, run, start } from './support/program.ts'

/** A UDP server in perl: answers with the version it is, ends with the code it is told. */
const game = (version: string): string => `#!/usr/bin/perl
use IO::Socket::INET;
$| = 1;
my $socket = IO::Socket::INET->new(LocalPort => $ENV{PORT}, Proto => 'udp') or die "no port: $!";
print "version ${version} with @ARGV\\n";
while (defined $socket->recv(my $message, 100)) {
  if ($message =~ /^exit (\\d+)/) { print "ending\\n"; exit $1 }
  $socket->send("${version}");
}
`

/** What is missing for the games of this test. */
const missing = existsSync('/usr/bin/perl') ? undefined : 'perl is not installed'

/** A working folder with a program and a server that runs. */
async function aStudio(): Promise<Place & { readonly game: string }> {
  const place = aPlace()
  const file = join(place.cwd, 'my-game')
  writeFileSync(file, game('one'), { mode: 0o755 })
  const server = start(place, ['serve', '--port=0', '--disk-min-free-mb=0'])
  await server.until(/server\.ready/)
  return { ...place, game: file }
}

/** Sends a datagram; answers what comes back, or nothing for a message that gets no answer. */
function say(port: number, message: string, answers = true): Promise<string> {
  const socket = createSocket('udp4')
  return new Promise((resolve) => {
    socket.on('message', (text) => {
      socket.close()
      resolve(String(text))
    })
    socket.send(message, port, '127.0.0.1', () => {
      if (answers) return
      socket.close()
      resolve('')
    })
  })
}

const portIn = (text: string): number => Number(/127\.0\.0\.1:(\d+) udp/.exec(text)?.[1])

describe('hatchery run', () => {
  beforeEach(({ skip }) => {
    if (missing !== undefined) skip(missing)
  })

  test('goes from a program to an address, shows its log, and ends with its exit code', async () => {
    const studio = await aStudio()
    const game = start(studio, ['run', './my-game', '--port', '7777/udp', '--', 'fast mode'])
    const said = await game.untilSaid(/connectable after \d+ ms/)
    expect(said).toMatch(/^my-game {2}127\.0\.0\.1:\d+ udp/m)
    await game.until(/version one with fast mode/)
    expect(await say(portIn(said), 'who')).toBe('one')
    await say(portIn(said), 'exit 41', false)
    const { code, stdout, stderr } = await game.ended()
    expect(code).toBe(41)
    expect(stdout).toBe('version one with fast mode\nending\n')
    expect(stderr).toContain('failed: exited with code 41')
  })

  test('does not deploy to the application that app use remembered', async () => {
    const studio = await aStudio()
    const env = { XDG_CONFIG_HOME: join(studio.cwd, 'config') }
    await run(studio, ['app', 'create', 'live'], env)
    expect(await run(studio, ['app', 'use', 'live'], env)).toMatchObject({ code: 0 })
    const game = start(studio, ['run', './my-game', '--port', '7777/udp'], env)
    // Another program may have taken its port: how it goes on does not matter here.
    await game.untilSaid(/connectable after|failed: /)
    game.child.kill('SIGINT')
    await game.ended()
    expect((await run(studio, ['deployment', 'list', '-q'], env)).stdout).toBe('')
    const own = await run(studio, ['deployment', 'list', '-q', '--app', 'my-game'], env)
    expect(own.stdout).toMatch(/^dep-\S+\n$/)
  })

  test('stops it at Ctrl-C', async () => {
    const studio = await aStudio()
    const game = start(studio, ['run', './my-game', '--port', '7777/udp'])
    await game.untilSaid(/connectable after/)
    game.child.kill('SIGINT')
    const { code, stderr } = await game.ended()
    expect(code).toBe(130)
    expect(stderr).toMatch(/stopped: stopped on request/)
  })

  test('starts it anew at the same address when it changes, and keeps it when it cannot be built', async () => {
    const studio = await aStudio()
    const game = start(studio, ['run', './my-game', '--port', '7777/udp', '--watch'])
    const port = portIn(await game.untilSaid(/connectable after/))
    expect(await say(port, 'who')).toBe('one')
    writeFileSync(studio.game, gameTwo, { mode: 0o755 })
    await game.until(/version two/)
    const said = await game.untilSaid(/connectable after[\s\S]*connectable after/)
    expect(portIn(said.slice(said.lastIndexOf('my-game  127')))).toBe(port)
    expect(await say(port, 'who')).toBe('two')
    game.child.kill('SIGINT')
    expect((await game.ended()).code).toBe(130)
  })

  test('says what is wrong before anything is made', async () => {
    const studio = await aStudio()
    const noPort = await run(studio, ['run', './my-game'])
    expect(noPort).toMatchObject({ code: 2, stdout: '' })
    expect(noPort.stderr).toContain('run needs --port, as --port 7777/udp')
    const noProgram = await run(studio, ['run', './other', '--port', '7777/udp'])
    expect(noProgram.code).toBe(2)
    expect(noProgram.stderr).toContain('there is no program or folder ./other')
    const oddPort = await run(studio, ['run', './my-game', '--port', '70000/udp'])
    expect(oddPort.stderr).toContain('a port is a number of 1 to 65535')
  })
})

const gameTwo = game('two')

describe('hatchery deploy', () => {
  test('builds a folder, keeps what no flag says, and goes back', async ({ skip }) => {
    if (missing !== undefined) skip(missing)
    const studio = await aStudio()
    const folder = join(studio.cwd, 'build')
    mkdirSync(folder)
    writeFileSync(join(folder, 'server'), game('one'), { mode: 0o755 })
    writeFileSync(join(folder, 'Procfile'), 'server: ./server\n')
    await run(studio, ['app', 'create', 'arena'])
    const noPort = await run(studio, ['deploy', 'build'])
    expect(noPort).toMatchObject({ code: 2 })
    expect(noPort.stderr).toContain('the first deployment needs --port')
    const first = await run(studio, [
      ...['deploy', 'build', '--port', '7777/udp', '--rooms', '4', '--env', 'MODE=duel'],
      ...['--tag', 'v1', '--json'],
    ])
    expect(jsonOf(first)).toMatchObject({ buildTag: 'v1', roomsPerProcess: 4 })
    const plan = await run(studio, ['deploy', 'build', '--rooms', '8', '--dry-run'])
    expect(plan.stdout).toContain('rooms  4 -> 8')
    expect(plan.stderr).toContain('nothing was changed')
    const second = await run(studio, ['deploy', 'build', '--cpu', '1', '--tag', 'v2', '--json'])
    expect(jsonOf(second)).toMatchObject({
      ...{ buildTag: 'v2', roomsPerProcess: 4, requestedCPU: 1 },
      env: [{ name: 'MODE', value: 'duel' }],
    })
    const back = await run(studio, ['rollback', '--json'])
    expect(jsonOf(back)).toMatchObject({ buildTag: 'v1', requestedCPU: 0.5 })
  })

  test('is done with a token that may deploy and not see processes', async () => {
    const { run: hatchery, hatchery: server, cwd, env } = await onlineWithApp()
    const { plainTextToken: token } = await server.client.tokensV1.createOrgToken(
      (await server.client.organizationsV1.getOrgs()).orgs[0]?.orgId ?? '',
      { name: 'ci', scopes: ['applications:read', 'builds:read-write', 'deployments:read-write'] },
    )
    const buildId = (await hatchery('build', 'list', '-q')).stdout.trim()
    const pipeline = { ...env, HATCHERY_TOKEN: token }
    const deployed = await run({ cwd }, ['deploy', '--build', buildId, '--cpu', '1'], pipeline)
    expect(deployed).toMatchObject({ code: 0 })
    expect(deployed.stderr).toContain('new processes use it')
    expect(await run({ cwd }, ['rollback'], pipeline)).toMatchObject({ code: 0 })
  })

  test('never deploys a build that failed, and shows its last lines', async () => {
    const studio = await aStudio()
    const folder = join(studio.cwd, 'build')
    mkdirSync(folder)
    writeFileSync(join(folder, 'Procfile'), 'web: ./server\n')
    await run(studio, ['app', 'create', 'arena'])
    const { code, stderr } = await run(studio, ['deploy', 'build', '--port', '7777/udp'])
    expect(code).toBe(7)
    expect(stderr).toContain('server:')
    expect(stderr).toMatch(/try: {3}hatchery build logs bld-/)
    const { stdout } = await run(studio, ['deployment', 'list', '--json'])
    expect(JSON.parse(stdout)).toEqual([])
  })
})

test('logs shows what a process wrote, follows to its end, and finds the one that failed', async ({
  skip,
}) => {
  if (missing !== undefined) skip(missing)
  const studio = await aStudio()
  const game = start(studio, ['run', './my-game', '--port', '7777/udp'])
  const said = await game.untilSaid(/connectable after/)
  await game.until(/version one/)
  const shown = await run(studio, ['logs', '--latest'])
  expect(shown).toMatchObject({ code: 0, stdout: 'version one with \n' })
  const following = start(studio, ['logs', '-f', '--latest', '--grep', 'end', '--json'])
  await say(portIn(said), 'exit 3', false)
  const followed = await following.ended()
  expect(followed.code).toBe(0)
  expect(JSON.parse(followed.stdout)).toMatchObject({ line: 'ending' })
  expect((await game.ended()).code).toBe(3)
  expect((await run(studio, ['logs', '--failed', '--tail', '1'])).stdout).toBe('ending\n')
})

test('a backup is one file, for its owner only, and becomes a data folder again', async () => {
  const studio = await aStudio()
  await run(studio, ['app', 'create', 'arena'])
  const backup = await run(studio, ['backup', 'all.tar', '--json'])
  expect(jsonOf(backup)).toMatchObject({ file: 'all.tar', bytes: expect.any(Number) as number })
  expect(statSync(join(studio.cwd, 'all.tar')).mode & 0o777).toBe(0o600)
  const restored = await run(studio, ['restore', 'all.tar', '--data', 'other'])
  expect(restored).toMatchObject({ code: 0 })
  const token = (data: string): string => readFileSync(join(studio.cwd, data, 'token'), 'utf8')
  expect(token('other')).toBe(token('.hatchery'))
  const again = await run(studio, ['restore', 'all.tar', '--data', 'other'])
  expect(again.code).not.toBe(0)
})

test('doctor says what this machine can do, without a server', async () => {
  const place = aPlace()
  const { stdout } = await run(place, ['doctor', '--json'])
  const findings = JSON.parse(stdout) as { topic: string; state: string; means: string }[]
  // Of a Docker engine only where the machine has one.
  const topics = findings.map(({ topic }) => topic).filter((topic) => !topic.startsWith('Docker'))
  expect(topics).toEqual([
    ...['user of games', 'own view of files', 'CPU and memory limits', 'seeing a TCP port open'],
    ...['counting UDP players', 'size', 'ports of games', 'open files'],
    ...['when the server is restarted', 'address for players', 'disk'],
  ])
  expect(findings.every(({ means }) => means !== '')).toBe(true)
  expect((await run(place, ['doctor', '--check'])).stdout).toContain('records in hatchery.db')
})
