/**
 * The user id of an application's games. One file per id in `run/.uids`, named by the id and holding the application:
 * made exclusively, so two launchers never give one id to two applications, and an application keeps its id for ever.
 */
import { linkSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DriverError } from '../../domain/driver.ts'

export interface UidRange {
  readonly from: number
  readonly to: number
}

/** Answers the user id of an application, taking a free one at its first start. */
export function createUids(runsFolder: string, range: UidRange): (appId: string) => number {
  const folder = join(runsFolder, '.uids')
  const known = new Map<string, number>()
  return (appId) => {
    const uid = known.get(appId) ?? findUid(folder, appId) ?? takeUid(folder, appId, range)
    known.set(appId, uid)
    return uid
  }
}

function findUid(folder: string, appId: string): number | undefined {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const name = readdirSync(folder).find(
    (uid) => !uid.startsWith('.') && readFileSync(join(folder, uid), 'utf8') === appId,
  )
  return name === undefined ? undefined : Number(name)
}

function takeUid(folder: string, appId: string, { from, to }: UidRange): number {
  const taken = new Set(readdirSync(folder).map(Number))
  for (let uid = from; uid <= to; uid += 1) {
    if (taken.has(uid)) continue
    if (take(folder, String(uid), appId)) return uid
  }
  throw new DriverError(
    `no user id is left for the application ${appId}: all of ${from}–${to} are taken, widen local.uidRange`,
    { temporary: false },
  )
}

/** A link appears with its content, so nobody ever reads a file that is still empty. False: it is taken. */
function take(folder: string, name: string, appId: string): boolean {
  const draft = join(folder, `.draft-${process.pid}`)
  writeFileSync(draft, appId, { mode: 0o600 })
  try {
    linkSync(draft, join(folder, name))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  } finally {
    rmSync(draft)
  }
}
