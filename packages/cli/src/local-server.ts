/** What is known of a server through its data folder. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hatchery } from '@hatchery/client'
import { Failure } from './failure.ts'

export const tokenFileOf = (data: string): string => join(data, 'token')

/** A client of the server at `address` with the token of its data folder. */
export const clientOf = (data: string, address: string): Hatchery =>
  new Hatchery({ serverURL: address, hathoraDevToken: readToken(data) })

export function readToken(data: string): string {
  try {
    return readFileSync(tokenFileOf(data), 'utf8').trim()
  } catch {
    throw new Failure(`there is no token in ${data}`, { attempt: 'hatchery up', exitCode: 4 })
  }
}
