/**
 * Every setting of the server: its type, default, unit, what is allowed and one line of description. Types, checks,
 * `--help` and docs/configuration.md are made from here; a setting is added here and nowhere else.
 */
import { regions } from '@hatchery/contract'
import Type, { type Static } from 'typebox'
import { trafficSettings } from './traffic-schema.ts'
import { nodeSettings } from './node-settings.ts'
import { usageSchema } from './usage-schema.ts'

const names = '[A-Za-z0-9_-]{1,64}'
const hosts = '[A-Za-z0-9_.:-]{1,255}'

const userPart = '(?:[^%/?#\\s@:]|%[0-9A-Fa-f]{2})+'
const smtpUrlPattern = `^smtps?://(?:${userPart}(?::${userPart})?@)?(?:\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9_.-]+)(?::[0-9]{1,5})?/?$`

export const settingsSchema = Type.Object({
  host: Type.String({
    default: '127.0.0.1',
    pattern: `^${hosts}$`,
    allowed: 'a host name or an address',
    description: 'Address the API listens on',
  }),
  port: Type.Integer({
    default: 4282,
    minimum: 0,
    maximum: 65_535,
    description: 'Port the API listens on; 0 takes any free one',
  }),
  data: Type.String({
    default: '.hatchery',
    minLength: 1,
    path: true,
    allowed: 'a folder',
    description: 'Folder that holds everything the server remembers; made when missing',
  }),
  adminToken: Type.Optional(
    Type.String({
      minLength: 32,
      maxLength: 1_000,
      pattern: '^[!-~]*$',
      secret: true,
      allowed: '32 to 1000 characters of printable ASCII without spaces',
      fallback: 'made at the first start and kept in the data folder',
      description: 'Token that may do everything',
    }),
  ),
  adminTokenFile: Type.Optional(
    Type.String({
      minLength: 1,
      path: true,
      allowed: 'a file',
      description: 'File that holds the admin token, instead of `adminToken`',
    }),
  ),
  publicUrl: Type.Optional(
    Type.String({
      pattern: '^https?://[^/?#\\s@]+(/[^?#\\s]*)?$',
      allowed: 'an http or https address without user, query and fragment',
      fallback: 'scheme and Host of each request',
      description: 'Address under which callers reach the API, with its base path behind a proxy',
    }),
  ),
  publicHost: Type.Optional(
    Type.String({
      pattern: `^${hosts}$`,
      allowed: 'a host name or an address',
      fallback:
        '127.0.0.1 while the API listens on loopback, else the address of the default route',
      description: 'Host name or address that players connect to',
    }),
  ),
  trustProxy: Type.Array(
    Type.String({ pattern: '^[0-9A-Fa-f.:]+(/[0-9]{1,3})?$', addresses: true }),
    {
      default: [],
      allowed: 'a list of addresses or networks such as 10.0.0.0/8',
      description: 'Proxies whose `X-Forwarded-*` headers count',
    },
  ),
  allowedHosts: Type.Array(Type.String({ pattern: `^${hosts}$` }), {
    default: [],
    allowed: 'a list of host names or addresses',
    description:
      'Host names that are accepted on loopback besides localhost, 127.0.0.1, [::1] and that of `publicUrl`',
  }),
  regions: Type.Array(Type.String({ pattern: `^${names}$` }), {
    default: [...regions],
    minItems: 1,
    uniqueItems: true,
    allowed: 'a list of different names of letters, digits, - and _, at most 64 characters each',
    fallback: 'the 14 regions of Hathora Cloud',
    description: 'Names of the regions that this machine serves',
  }),
  ...nodeSettings,
  capacity: Type.Object({
    cpu: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100_000,
        unit: 'cores',
        fallback: 'the cores of this machine',
        description: 'Cores that the processes of a node may request in all',
      }),
    ),
    memoryMb: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_073_741_824,
        unit: 'MB',
        fallback: 'the memory of this machine',
        description: 'Memory that the processes of a node may request in all',
      }),
    ),
    overcommit: Type.Boolean({
      default: false,
      description: 'Takes processes whatever they request in all',
    }),
  }),
  ports: Type.Object({
    from: Type.Integer({
      default: 20_000,
      minimum: 1_024,
      maximum: 65_535,
      description: 'First port number given to games',
    }),
    to: Type.Integer({
      default: 32_000,
      minimum: 1_024,
      maximum: 65_535,
      description: 'Last port number given to games',
    }),
  }),
  limits: Type.Object({
    bindSeconds: Type.Integer({
      default: 100,
      minimum: 1,
      maximum: 86_400,
      unit: 's',
      description:
        'Time from the start of the program until its default port is bound; then it fails',
    }),
    startSeconds: Type.Integer({
      default: 600,
      minimum: 1,
      maximum: 86_400,
      unit: 's',
      description: 'Time from the creation of a process until its program runs; then it fails',
    }),
    graceSeconds: Type.Integer({
      default: 30,
      minimum: 0,
      maximum: 86_400,
      unit: 's',
      description: 'Time from SIGTERM to SIGKILL when a process is stopped',
    }),
    settleSeconds: Type.Integer({
      default: 5,
      minimum: 0,
      maximum: 3_600,
      unit: 's',
      description:
        'Time a process of a new deployment has to run before a static allocation drains an old one for it',
    }),
    drainHours: Type.Integer({
      default: 24,
      minimum: 1,
      maximum: 8_760,
      unit: 'h',
      description:
        'Time after which a draining process is stopped although it has rooms or players',
    }),
    idleSeconds: Type.Integer({
      default: 300,
      minimum: 1,
      maximum: 604_800,
      unit: 's',
      description: 'Time without players and rooms after which a process is stopped',
    }),
  }),
  retention: Type.Object({
    processDays: Type.Integer({
      default: 90,
      minimum: 0,
      maximum: 36_500,
      unit: 'days',
      description: 'How long records of ended processes are kept; 0 keeps them for ever',
    }),
    logHours: Type.Integer({
      default: 72,
      minimum: 1,
      maximum: 876_000,
      unit: 'h',
      description: 'How long logs of ended processes are kept',
    }),
    metricHours: Type.Integer({
      default: 72,
      minimum: 1,
      maximum: 876_000,
      unit: 'h',
      description: 'How long measurements of processes and fleets are kept',
    }),
    eventHours: Type.Integer({
      default: 24,
      minimum: 1,
      maximum: 876_000,
      unit: 'h',
      description: 'How long the feed of changes reaches back',
    }),
  }),
  strictClientIps: Type.Boolean({
    default: false,
    description: 'Refuses rooms with `clientIPs` where no driver can admit players by address',
  }),
  local: Type.Object({
    uidFrom: Type.Integer({
      default: 200_000,
      minimum: 1_000,
      maximum: 4_294_967_293,
      description: 'First user id that games run as when the server runs as root',
    }),
    uidTo: Type.Integer({
      default: 265_535,
      minimum: 1_000,
      maximum: 4_294_967_293,
      description: 'Last user id that games run as when the server runs as root',
    }),
    shareUser: Type.Boolean({
      default: false,
      description:
        'Lets games run as the server’s own user although the API is open to the network',
    }),
  }),
  disk: Type.Object({
    minFreeMb: Type.Integer({
      default: 1_024,
      minimum: 0,
      maximum: 1_073_741_824,
      unit: 'MB',
      description: 'Free disk space below which nothing new is taken',
    }),
  }),
  logs: Type.Object({
    maxMb: Type.Integer({
      default: 100,
      minimum: 1,
      maximum: 1_048_576,
      unit: 'MB',
      description: 'Longest log of a process; older output is dropped from its front',
    }),
  }),
  metrics: Type.Object({
    sampleSeconds: Type.Integer({
      default: 5,
      minimum: 1,
      maximum: 3_600,
      unit: 's',
      description: 'Time between two measurements of a process',
    }),
  }),
  discovery: Type.Object({
    udpEcho: Type.Optional(
      Type.Boolean({
        fallback: 'true when the API listens beyond loopback',
        description: 'Answers UDP pings on the number of the API’s port',
      }),
    ),
  }),
  usage: usageSchema,
  ...trafficSettings,
  lobbies: Type.Object({
    mostPerHour: Type.Integer({
      default: 10,
      minimum: 1,
      maximum: 1_000_000,
      description: 'Lobbies that a player may make in an hour',
    }),
  }),
  google: Type.Object({
    keysUrl: Type.String({
      default: 'https://www.googleapis.com/oauth2/v3/certs',
      pattern: '^https?://[^/?#\\s@]+(/\\S*)?$',
      allowed: 'an http or https address',
      description: 'Where the keys are that players’ ID tokens are signed with',
    }),
    issuers: Type.Array(Type.String({ pattern: '^[!-+.-~]{1,255}$' }), {
      default: ['https://accounts.google.com', 'accounts.google.com'],
      minItems: 1,
      allowed: 'a list of names',
      description: 'Who may have issued players’ ID tokens',
    }),
  }),
  mail: Type.Object({
    smtpUrl: Type.Optional(
      Type.String({
        pattern: smtpUrlPattern,
        maxLength: 2_000,
        secret: true,
        allowed:
          'smtp:// or smtps:// with user:password@ if needed, host and :port; what is special as %XX',
        fallback: 'no mail is sent',
        description: 'Server that mail goes out by; needs `mail.from` and `publicUrl`',
      }),
    ),
    from: Type.Optional(
      Type.String({
        pattern: '^[^\\s@<>]+@[^\\s@<>]+$',
        maxLength: 320,
        allowed: 'an e-mail address',
        description: 'Who mail is from',
      }),
    ),
    requireTls: Type.Boolean({
      default: true,
      description: 'Sends no mail over a connection without TLS, but to this machine itself',
    }),
  }),
  builds: Type.Object({
    partMb: Type.Integer({
      default: 64,
      minimum: 1,
      maximum: 1_024,
      unit: 'MB',
      description: 'Size of the parts in which an archive is uploaded',
    }),
    maxGb: Type.Integer({
      default: 10,
      minimum: 1,
      maximum: 1_024,
      unit: 'GB',
      description: 'Largest archive that is accepted',
    }),
  }),
  rateLimits: Type.Object({
    anonymousPerSecond: Type.Integer({
      default: 200,
      minimum: 1,
      maximum: 1_000_000,
      description: 'Requests without a token that an address (IPv6: a /64) may make in a second',
    }),
    anonymousBurst: Type.Integer({
      default: 1_000,
      minimum: 1,
      maximum: 1_000_000,
      description: 'Requests without a token that an address may make at once after a rest',
    }),
    failedLoginsPerMinute: Type.Integer({
      default: 20,
      minimum: 1,
      maximum: 1_000_000,
      description: 'Unknown or revoked tokens that an address may send in a minute',
    }),
    tokenPerSecond: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000,
        fallback: 'no limit',
        description: 'Requests that a token may make in a second',
      }),
    ),
  }),
  requests: Type.Object({
    arriveWithinSeconds: Type.Integer({
      default: 300,
      minimum: 1,
      maximum: 86_400,
      unit: 's',
      description:
        'Time for a request to arrive whole, its headers within a minute of it; a slower one is 408. A form with an archive has as long as it comes',
    }),
  }),
  log: Type.Object({
    level: Type.Unsafe<'debug' | 'info' | 'warn' | 'error'>({
      type: 'string',
      enum: ['debug', 'info', 'warn', 'error'],
      default: 'info',
      description: 'Least important log line that the server itself writes',
    }),
  }),
})

export type Settings = Static<typeof settingsSchema>
