/** The texts of `hatchery help TOPIC`. */
import { exitCodes } from './failure.ts'

export const topics = {
  environment: `Which server and which application a command is about is looked for in this order:

  1. flags        --url and --token or --token-file, --app
  2. a profile    that --profile or HATCHERY_PROFILE names
  3. environment  HATCHERY_URL, HATCHERY_TOKEN or HATCHERY_TOKEN_FILE, HATCHERY_APP
                  HATHORA_CLOUD_ENDPOINT, HATHORA_TOKEN, HATHORA_APP_ID
  4. the folder   --config FILE or HATCHERY_CONFIG, or the .hatchery that hatchery up made here
  5. the profile  that hatchery login made

Address and token come from the same place: a token is sent only to the address that
stands beside it. An application that is the only one needs no name.
hatchery status shows each value and where it came from.

NO_COLOR turns colours off, CI turns questions off, XDG_CONFIG_HOME is where profiles are kept.`,
  'exit-codes': Object.entries(exitCodes)
    .map(([code, meaning]) => `${code.padStart(5)}  ${meaning}`)
    .join('\n'),
  output: `Data goes to stdout; progress, notes, questions and errors go to stderr.

  on a terminal   a table that fits its width, times as "4m" ago
  in a pipe       tabs, no header, full values, times as RFC 3339
  --json          one JSON value with the API's own field names; one a line where it follows
  --quiet         ids only, one a line
  -o FORMAT       json, text, or buildIdValue for the id of the build alone

Tables know --columns a,b, --sort COLUMN (-COLUMN for the reverse) and --limit N.
With --json an error is {"error":{"message","code","status","try","requestId"}} on stderr.`,
  ids: `Any beginning of an id that fits one thing only is enough, if it has 4 characters or more.
An application also goes by its name, a build or a deployment by its tag: then the newest is
meant. Where a beginning fits several, they are listed and the exit code is 2.
Without an id you are asked on a terminal; elsewhere it is an error.`,
  hathora: `The official SDKs and the official command line work as they are: give them the address and a
token of this server.

  hathora … --hathora-cloud-endpoint http://127.0.0.1:4282 --token TOKEN
  new HathoraCloud({ serverURL: 'http://127.0.0.1:4282', hathoraDevToken: TOKEN })

This program reads HATHORA_CLOUD_ENDPOINT, HATHORA_TOKEN and HATHORA_APP_ID too, and knows the
names of the official commands: build info, deployment info, create-with-registry and the like.
Its flags are known, long and short (-a, -bt, -hup, --idle-timeout-enabled=false), and so are the
variables that stand in [brackets] in --help: HATHORA_BUILD_TAG, HATHORA_DEPLOYMENT_ENV and others.`,
} as const satisfies Readonly<Record<string, string>>
