/** What every store does, whatever it stands on. One file per noun. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe } from 'vitest'
import type { Clock } from '../../../src/domain/clock.ts'
import type { Store } from '../../../src/domain/store.ts'
import { applicationsConform, organizationsConform } from './applications.ts'
import { balancerPortsConform } from './balancer-ports.ts'
import { buildsConform, deploymentsConform } from './builds.ts'
import { eventsConform } from './events.ts'
import { fleetsConform, nodesConform } from './fleets.ts'
import { lobbiesConform } from './lobbies.ts'
import { peopleConform } from './people.ts'
import { portsConform } from './ports.ts'
import { processListsConform } from './process-lists.ts'
import { processesConform } from './processes.ts'
import { propertiesHold } from './properties.ts'
import { placementConforms, roomsConform } from './rooms.ts'
import { type StandingClock, fill, standingClock } from './records.ts'
import { tokensConform } from './tokens.ts'
import { usageConforms } from './usage.ts'
import { warmRunsConform } from './warm-runs.ts'

/** Opens the store that lives in a folder; opening it again after `close` finds what was written. */
export type OpenStore = (folder: string, clock: Clock) => Promise<Store>

/** What a test of the suite has: a store with one record of each kind but a process. */
export interface Subject {
  readonly store: Store
  readonly clock: StandingClock
  /** Closes the store and opens it again. */
  reopen(): Promise<Store>
  /** Opens one more, empty; closed with the rest. */
  openEmpty(): Promise<Store>
  /** As `openEmpty`; it can be closed and opened again. */
  openPlace(): Promise<{ store: Store; reopen(): Promise<Store> }>
}

const parts: readonly (readonly [string, (subject: () => Subject) => void])[] = [
  ['organizations', organizationsConform],
  ['tokens', tokensConform],
  ['people', peopleConform],
  ['fleets', fleetsConform],
  ['applications', applicationsConform],
  ['builds', buildsConform],
  ['deployments', deploymentsConform],
  ['processes', processesConform],
  ['lists and counts', processListsConform],
  ['ports', portsConform],
  ['nodes', nodesConform],
  ['ports of load balancers', balancerPortsConform],
  ['placement', placementConforms],
  ['rooms', roomsConform],
  ['warm runs', warmRunsConform],
  ['lobbies', lobbiesConform],
  ['events', eventsConform],
  ['usage and limits', usageConforms],
  ['whatever happens', propertiesHold],
]

export function describeStore(name: string, open: OpenStore): void {
  describe(`${name} store`, () => {
    const subject = eachTime(open)
    for (const [part, conforms] of parts) {
      describe(part, () => {
        conforms(subject)
      })
    }
  })
}

/** A fresh subject for each test; its folders are removed afterwards. */
function eachTime(open: OpenStore): () => Subject {
  let current: (Subject & { close(): Promise<void> }) | undefined
  beforeEach(async () => {
    current = await createSubject(open)
    await fill(current.store)
  })
  afterEach(async () => current?.close())
  return () => {
    if (current === undefined) throw new Error('there is a subject within a test only')
    return current
  }
}

async function createSubject(open: OpenStore): Promise<Subject & { close(): Promise<void> }> {
  const clock = standingClock()
  const folders: string[] = []
  const stores: Store[] = []
  const openIn = async (folder: string): Promise<Store> => {
    const store = await open(folder, clock)
    stores.push(store)
    return store
  }
  const newFolder = async (): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'hatchery-store-'))
    folders.push(folder)
    return folder
  }
  const folder = await newFolder()
  const store = await openIn(folder)
  return {
    store,
    clock,
    async reopen() {
      await store.close()
      return openIn(folder)
    },
    openEmpty: async () => openIn(await newFolder()),
    async openPlace() {
      const place = await newFolder()
      let current = await openIn(place)
      return {
        store: current,
        async reopen() {
          await current.close()
          current = await openIn(place)
          return current
        },
      }
    },
    async close() {
      for (const opened of stores) await opened.close()
      for (const made of folders) await rm(made, { recursive: true, force: true })
    },
  }
}
