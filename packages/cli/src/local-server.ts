/** What is known of a server through its data folder. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from './failure.ts'

export const tokenFileOf = (data: string): string => join(data, 'token')

export function readToken(data: string): string {
  try {
    return readFileSync(tokenFileOf(data), 'utf8').trim()
  } catch {
    throw new Failure(`there is no token in ${data}`, { attempt: 'hatchery up', exitCode: 4 })
  }
}
