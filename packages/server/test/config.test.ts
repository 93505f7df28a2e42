import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { regions } from '@hatchery/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type Config,
  ConfigError,
  type ConfigInputs,
  configWarnings,
  readConfig,
  settingsHelp,
  settingsTable,
} from '../src/config.ts'
import { overlapWarning } from '../src/config/warnings.ts'

const token = 'a-token-that-is-long-enough-to-be-one'

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'hatchery-config-'))
})
afterEach(() => rmSync(cwd, { recursive: true }))

const read = (inputs: Partial<ConfigInputs> = {}): Config =>
  readConfig({ argv: [], env: {}, cwd, isRoot: true, ...inputs })

const writeSettings = (text: string, name = 'hatchery.yaml'): void =>
  writeFileSync(join(cwd, name), text)

function problemsOf(inputs: Partial<ConfigInputs>): readonly string[] {
  try {
    read(inputs)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

describe('where settings come from', () => {
  test('without any, each setting has its default', () => {
    const config = read()
    expect(config).toMatchObject({ host: '127.0.0.1', port: 4282, data: join(cwd, '.hatchery') })
    expect(config.regions).toEqual([...regions])
    expect(config.limits.graceSeconds).toBe(30)
    expect(config.discovery.udpEcho).toBe(false)
    expect(config).not.toHaveProperty('adminToken')
  })

  test('a flag wins over a variable, a variable over the file', () => {
    writeSettings('port: 1001\nlimits:\n  graceSeconds: 1\n  idleSeconds: 1\n  bindSeconds: 1\n')
    const env = { HATCHERY_LIMITS_GRACE_SECONDS: '2', HATCHERY_LIMITS_IDLE_SECONDS: '2' }
    const config = read({ argv: ['--limits-grace-seconds', '3'], env })
    expect(config.port).toBe(1001)
    expect(config.limits).toMatchObject({ graceSeconds: 3, idleSeconds: 2, bindSeconds: 1 })
  })

  test('a price may have digits behind the point, wherever it stands', () => {
    writeSettings('usage:\n  pricePerVcpuHour: 0.0333\n  currency: EUR\n')
    const config = read({ argv: ['--usage-price-per-egress-gb=0.1'] })
    expect(config.usage).toEqual({
      ...{ pricePerVcpuHour: 0.0333, pricePerMemoryGbHour: 0 },
      ...{ pricePerEgressGb: 0.1, currency: 'EUR' },
    })
  })

  test('flags take their value behind a space or =, switches stand alone or behind no-', () => {
    const config = read({ argv: ['--port', '1', '--ports-to=30000', '--local-share-user'] })
    expect(config).toMatchObject({ port: 1, ports: { to: 30_000 }, local: { shareUser: true } })
    const off = read({ argv: ['--no-local-share-user', '--discovery-udp-echo=true'] })
    expect(off).toMatchObject({ local: { shareUser: false }, discovery: { udpEcho: true } })
  })

  test('the last of equal flags counts, but lists are joined', () => {
    const argv = ['--port=1', '--port=2', '--regions=a,b', '--regions', 'c']
    expect(read({ argv })).toMatchObject({ port: 2, regions: ['a', 'b', 'c'] })
  })

  test.each([
    ['a list', 'regions: [lab-1, lab-2]'],
    ['lines', 'regions:\n  - lab-1\n  - lab-2'],
    ['text with commas', 'regions: lab-1, lab-2'],
  ])('the file may write a list as %s', (_form, text) => {
    writeSettings(text)
    expect(read().regions).toEqual(['lab-1', 'lab-2'])
  })

  test('the file may use dotted keys, aliases, empty sections and empty values', () => {
    writeSettings(
      'limits.graceSeconds: &short 5\nmetrics: {sampleSeconds: *short}\nports:\nport:\n',
    )
    const config = read()
    expect(config.limits.graceSeconds).toBe(5)
    expect(config.metrics.sampleSeconds).toBe(5)
    expect(config.port).toBe(4282)
  })

  test.each([
    ['a flag', { argv: ['--settings', 'other.yaml'] }],
    ['a variable', { env: { HATCHERY_SETTINGS: 'other.yaml' } }],
  ])('%s names another file, which is read instead of hatchery.yaml', (_what, inputs) => {
    writeSettings('port: 1\nlog: {level: warn}')
    writeSettings('port: 2', 'other.yaml')
    expect(read(inputs)).toMatchObject({ port: 2, log: { level: 'info' } })
  })

  test('a path in the file starts from its folder, any other from the working folder', () => {
    writeSettings('data: kept')
    const settings = join(cwd, 'hatchery.yaml')
    expect(read({ argv: ['--settings', settings], cwd: '/' }).data).toBe(join(cwd, 'kept'))
    expect(read({ env: { HATCHERY_DATA: 'kept' }, cwd: '/srv' }).data).toBe('/srv/kept')
  })

  test('an empty variable, one of another program and links of Kubernetes change nothing', () => {
    const env = {
      HATCHERY_LOG_LEVEL: '',
      HATCHERY_URL: 'http://127.0.0.1:1',
      HATCHERY_TEST_INSTALL: '1',
      HATCHERY_PORT: 'tcp://10.0.0.7:4282',
      HATCHERY_SERVICE_HOST: '10.0.0.7',
      HATCHERY_SERVICE_PORT_HTTP: '4282',
      HATCHERY_PORT_4282_TCP_ADDR: '10.0.0.7',
    }
    expect(read({ env })).toEqual(read())
  })
})

describe('what is refused', () => {
  test.each([
    ['--port', 'abc', 'a whole number from 0 to 65535'],
    ['--port', '-1', 'a whole number from 0 to 65535'],
    ['--port', '1e3', 'a whole number from 0 to 65535'],
    ['--port', ' 1', 'a whole number from 0 to 65535'],
    ['--port', '', 'a whole number from 0 to 65535'],
    ['--usage-price-per-vcpu-hour', '-0.1', 'a number from 0 to 1000000'],
    ['--usage-price-per-vcpu-hour', '.5', 'a number from 0 to 1000000'],
    ['--usage-currency', 'Euro', 'three capital letters of ISO 4217'],
    ['--limits-grace-seconds', '1.5', 'a whole number from 0 to 86400 (s)'],
    ['--local-share-user', 'yes', 'true or false'],
    ['--log-level', 'loud', 'one of debug, info, warn, error'],
    ['--host', 'a b', 'a host name or an address'],
    ['--public-url', 'ftp://x', 'an http or https address without user, query and fragment'],
    ['--public-url', 'https://u:p@x', 'an http or https address without user, query and fragment'],
  ])('%s=%s', (flag, value, allowed) => {
    const got = JSON.stringify(value)
    expect(problemsOf({ argv: [`${flag}=${value}`] })).toEqual([
      `${flag} must be ${allowed}; got ${got}`,
    ])
  })

  test.each([
    ['trustProxy', '10.0.0.0/33'],
    ['trustProxy', 'proxy.internal'],
    ['regions', 'a, a'],
    ['regions', 'New York'],
    ['port', '65536'],
    ['port', '"80"'],
    ['port', '[80]'],
    ['port', '1.5'],
    ['publicHost', '12'],
    ['local.shareUser', '1'],
  ])('%s: %s in the file', (key, value) => {
    writeSettings(`# a comment\n${key}: ${value}\n`)
    expect(problemsOf({})).toEqual([
      expect.stringMatching(new RegExp(`^hatchery.yaml:2 ${key} must be .*; got `)),
    ])
  })

  test('all that is wrong is said at once, each under the name its user wrote', () => {
    writeSettings('limits:\n  graceSecond: 4\nports: 4\n')
    const env = { HATCHERY_LOG_LEVEL: 'loud' }
    const argv = ['--publicUrl', 'http://x', '--port', 'x', 'stray']
    expect(problemsOf({ argv, env })).toEqual([
      'hatchery.yaml:2 limits.graceSecond is not a setting; did you mean limits.graceSeconds?',
      'hatchery.yaml:3 ports must hold settings as lines of name: value',
      'HATCHERY_LOG_LEVEL must be one of debug, info, warn, error; got "loud"',
      'unexpected "stray"; settings are given as --name value, --name or --no-name',
      '--publicUrl is not a setting; did you mean --public-url?',
      '--port must be a whole number from 0 to 65535; got "x"',
    ])
  })

  test.each([
    ['--prot', 'did you mean --port?'],
    ['--grace-seconds', 'did you mean --limits-grace-seconds?'],
    ['--no-port', 'did you mean --port?'],
    ['-p', 'docs/configuration.md lists all'],
    ['--unrelated', 'docs/configuration.md lists all'],
  ])('%s is unknown: %s', (flag, hint) => {
    expect(problemsOf({ argv: [flag, '80'] })).toEqual([`${flag} is not a setting; ${hint}`])
  })

  test('a flag without its value', () => {
    expect(problemsOf({ argv: ['--data', '--port', '1', '--settings'] })).toEqual([
      '--data needs a value: a folder',
      '--settings needs a value: a file',
    ])
  })

  test('a settings file that is named but missing, and one that is no YAML', () => {
    expect(problemsOf({ argv: ['--settings', 'none.yaml'] })).toEqual([
      'settings file none.yaml cannot be read: ENOENT',
    ])
    writeSettings('port: 1\nport: 2\n')
    expect(problemsOf({})).toEqual(['hatchery.yaml:2 is no valid YAML: duplicate key'])
    writeSettings('- port\n')
    expect(problemsOf({})).toEqual(['hatchery.yaml must hold settings as lines of name: value'])
  })
})

describe('settings that must fit together', () => {
  test('the range of ports and of user ids must not be upside down', () => {
    writeSettings('local: {uidTo: 1000}')
    const argv = ['--ports-from', '40000', '--load-balancer-ports-to=2000']
    expect(problemsOf({ argv })).toEqual([
      '--ports-from must not be above ports.to; got 40000 and 32000',
      'loadBalancer.portsFrom must not be above --load-balancer-ports-to; got 32001 and 2000',
      'local.uidFrom must not be above hatchery.yaml:1 local.uidTo; got 200000 and 1000',
    ])
  })

  test('the port of the API must not be one of the games’', () => {
    expect(problemsOf({ env: { HATCHERY_PORT: '20000' } })).toEqual([
      'HATCHERY_PORT must lie outside 20000 to 32000, the ports of games; got 20000',
    ])
  })

  test.each(['0.0.0.0', '::', '10.1.2.3', 'games.example'])(
    'host %s without root is refused, unless games may share the user',
    (host) => {
      const argv = ['--host', host]
      expect(problemsOf({ argv, isRoot: false })).toEqual([
        expect.stringMatching(/^--host must be a loopback address .*local\.shareUser$/),
      ])
      expect(read({ argv: [...argv, '--local-share-user'], isRoot: false }).host).toBe(host)
      expect(read({ argv }).discovery.udpEcho).toBe(true)
    },
  )

  test.each(['127.0.0.1', '127.9.9.9', '::1', 'localhost'])(
    'host %s is open to no one else',
    (host) => {
      const config = read({ argv: ['--host', host], isRoot: false })
      expect(config.discovery.udpEcho).toBe(false)
      expect(configWarnings({ ...config, ports: { from: 2, to: 2 } })).toEqual([])
    },
  )
})

describe('the admin token', () => {
  test('comes from a variable, the settings file or a file of its own', () => {
    writeFileSync(join(cwd, 'secret'), `${token}\n`)
    expect(read({ env: { HATCHERY_ADMIN_TOKEN: token } }).adminToken).toBe(token)
    expect(read({ argv: ['--admin-token-file', 'secret'] }).adminToken).toBe(token)
    writeSettings(`adminToken: ${token}`)
    expect(read().adminToken).toBe(token)
  })

  test('is no flag, since the list of programs shows flags', () => {
    expect(problemsOf({ argv: ['--admin-token', token] })).toEqual([
      expect.stringMatching(/^--admin-token is no flag, .*HATCHERY_ADMIN_TOKEN/),
    ])
  })

  test('given twice is refused', () => {
    const env = { HATCHERY_ADMIN_TOKEN: token, HATCHERY_ADMIN_TOKEN_FILE: 'secret' }
    writeFileSync(join(cwd, 'secret'), token)
    expect(problemsOf({ env })).toEqual([
      'HATCHERY_ADMIN_TOKEN and HATCHERY_ADMIN_TOKEN_FILE exclude each other; set one of them',
    ])
  })

  test('in a file that is missing or too short is refused', () => {
    writeFileSync(join(cwd, 'short'), 'short')
    expect(problemsOf({ argv: ['--admin-token-file=none'] })[0]).toMatch(/cannot be read: ENOENT$/)
    expect(problemsOf({ argv: ['--admin-token-file=short'] })[0]).toMatch(/has 5 characters$/)
  })

  test.each([
    ['wrong', { env: { HATCHERY_ADMIN_TOKEN: 'se cret' } }],
    ['under a mistyped name', { env: { HATCHERY_ADMIN_TOKN: 'se cret' } }],
    ['as a flag', { argv: ['--admin-token', 'se cret'] }],
    ['as a mistyped flag', { argv: ['--admin-tokn', 'se cret'] }],
  ])('is never printed when it is given %s', (_how, inputs) => {
    const problems = problemsOf(inputs)
    expect(problems).toHaveLength(1)
    expect(problems.join()).not.toContain('cret')
  })

  test('is never printed when the file that holds it is broken', () => {
    writeSettings('adminToken: "se cret\nport: ]')
    expect(problemsOf({}).length).toBeGreaterThan(0)
    expect(problemsOf({}).join()).not.toContain('cret')
  })
})

describe('warnings', () => {
  const open = { ports: { from: 2, to: 2 } }

  test('an API open to the network is worth a line, one without TLS says so', () => {
    const plain = read({ argv: ['--host', '0.0.0.0'] })
    expect(configWarnings({ ...plain, ...open })).toEqual([
      expect.stringMatching(/^the API is open to the network on 0\.0\.0\.0 without TLS/),
    ])
    expect(configWarnings({ ...plain, ...open, publicUrl: 'https://games.example' })).toEqual([
      'the API is open to the network on 0.0.0.0',
    ])
  })

  test.each([
    [20_000, 32_000, false],
    [20_000, 32_768, true],
    [60_000, 65_000, true],
    [61_000, 65_000, false],
  ])('ports %d to %d overlap the ephemeral ones: %s', (from, to, overlaps) => {
    const warning = overlapWarning({ from, to }, { from: 32_768, to: 60_999 })
    expect(warning !== undefined).toBe(overlaps)
  })
})

describe('mail', () => {
  const url = 'smtps://hatchery:s3cret%40@mail.example:465'
  const others = ['--mail-from=a@games.example', '--public-url=https://games.example']

  test.each([
    ...[url, 'smtp://mail.example', 'smtp://10.0.0.7:25/', 'smtp://[::1]:2525'],
    'smtp://user@mail.example',
  ])('goes out by %s', (smtpUrl) => {
    const config = read({ argv: others, env: { HATCHERY_MAIL_SMTP_URL: smtpUrl } })
    expect(config.mail).toEqual({ smtpUrl, from: 'a@games.example', requireTls: true })
  })

  test.each([
    ...['mail.example', 'https://mail.example', 'smtp://', 'smtp://s3cret@a@mail.example'],
    ...['smtp://u:s3cret%4@mail.example', 'smtp://mail.example?logger=s3cret', 'smtp://s3cret b'],
  ])('does not go out by %j, and the message does not repeat it', (smtpUrl) => {
    const problems = problemsOf({ argv: others, env: { HATCHERY_MAIL_SMTP_URL: smtpUrl } })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(
      /^HATCHERY_MAIL_SMTP_URL must be smtp:\/\/ or smtps:\/\/ .*; got \d+ characters$/,
    )
    expect(problems[0]).not.toContain('s3cret')
  })

  test.each([0, 1])('needs who it is from and what its links begin with (%#)', (kept) => {
    const env = { HATCHERY_MAIL_SMTP_URL: url }
    expect(problemsOf({ env, argv: others.slice(kept, kept + 1) })).toEqual([
      'HATCHERY_MAIL_SMTP_URL needs mail.from and publicUrl: who mail is from, and what the links in it begin with',
    ])
  })

  test('has its server in no flag', () => {
    expect(problemsOf({ argv: [`--mail-smtp-url=${url}`] })).toEqual([
      '--mail-smtp-url is no flag, since other users could read it; set HATCHERY_MAIL_SMTP_URL, or mail.smtpUrl in the settings file',
    ])
  })
})

describe('the table of settings', () => {
  test('names follow from the key', () => {
    expect(settingsTable()).toContainEqual(
      expect.objectContaining({
        key: 'limits.graceSeconds',
        variable: 'HATCHERY_LIMITS_GRACE_SECONDS',
        flag: '--limits-grace-seconds',
        default: '30 s',
      }),
    )
  })

  test('each setting has a description, and only secrets have no flag', () => {
    const rows = settingsTable()
    expect(rows.filter(({ description }) => description === '')).toEqual([])
    expect(rows.filter(({ flag }) => flag === undefined).map(({ key }) => key)).toEqual([
      'adminToken',
      'mail.smtpUrl',
    ])
  })

  test('each variable of the table is taken, with its default as text', () => {
    for (const { variable, default: text } of settingsTable()) {
      const env = { [variable]: text.replace(/ (s|h|days|MB|GB)$/, '') }
      expect(problemsOf({ env }).join()).not.toContain('is not a setting')
    }
  })

  test('the help names every flag', () => {
    const help = settingsHelp()
    for (const { flag, variable } of settingsTable()) expect(help).toContain(flag ?? variable)
    expect(help).toContain('--settings FILE')
  })
})
