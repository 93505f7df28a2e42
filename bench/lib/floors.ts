/** The programs of `references/`, started. */
import { mkdirSync } from 'node:fs'
import { type Child, startChild } from './child.ts'
import type { CreateFloorOptions } from '../references/create-server.ts'
import type { FastifyOptions } from '../references/fastify.ts'

export interface Listening {
  readonly port: number
}

export function startCreateFloor(options: CreateFloorOptions): Promise<Child<Listening>> {
  mkdirSync(options.folder, { recursive: true })
  return startChild<Listening>({
    entry: new URL('../references/create-floor.ts', import.meta.url),
    argument: options,
  })
}

export const startFastify = (options: FastifyOptions): Promise<Child<Listening>> =>
  startChild<Listening>({
    entry: new URL('../references/fastify.ts', import.meta.url),
    argument: options,
  })
