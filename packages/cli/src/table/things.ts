/** Commands on the things of the API: `hatchery NOUN VERB`. */
import type { AnyCommand } from '../command.ts'
import { apps } from './apps.ts'
import { builds } from './builds.ts'
import { deployments } from './deployments.ts'
import { fleets } from './fleets.ts'
import { lobbies } from './lobbies.ts'
import { nodes } from './nodes.ts'
import { people } from './people.ts'
import { processes } from './processes.ts'
import { rooms } from './rooms.ts'
import { tokens } from './tokens.ts'

export const things: readonly AnyCommand[] = [
  ...apps,
  ...builds,
  ...deployments,
  ...processes,
  ...rooms,
  ...lobbies,
  ...nodes,
  ...fleets,
  ...tokens,
  ...people,
]
