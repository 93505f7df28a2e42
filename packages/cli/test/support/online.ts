/** The program against a whole server with fake processes, as its environment names it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { deployedApp } from '../../../server/test/support/deployed-app.ts'
import { type FakeHatchery, startWithFakes } from '../../../server/test/support/start-with-fakes.ts'
import { type Ended, run, start } from './program.ts'

export interface Online {
  readonly hatchery: FakeHatchery
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Runs `hatchery` to its end. */
  run(...args: string[]): Promise<Ended>
  start(...args: string[]): ReturnType<typeof start>
}

/** A working folder that goes with the test. */
export function aWorkingFolder(): string {
  const cwd = mkdtempSync(join(tmpdir(), 'hatchery-cli-'))
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }))
  return cwd
}

export async function online(...flags: string[]): Promise<Online> {
  const hatchery = await startWithFakes(...flags)
  const cwd = aWorkingFolder()
  const env = {
    HATCHERY_URL: hatchery.url,
    HATCHERY_TOKEN: hatchery.token,
    XDG_CONFIG_HOME: join(cwd, 'config'),
  }
  return {
    ...{ hatchery, cwd, env },
    run: (...args) => run({ cwd }, args, env),
    start: (...args) => start({ cwd }, args, env),
  }
}

/** One application, `arena`, with a deployment of four rooms a process. */
export async function onlineWithApp(): Promise<Online & { readonly appId: string }> {
  const place = await online()
  const { appId } = await deployedApp(place.hatchery.client, {
    deployment: { roomsPerProcess: 4 },
  })
  return { ...place, appId }
}

/** What the program printed as one JSON value and nothing else. Throws where it did not. */
export const jsonOf = ({ stdout }: Ended): unknown => JSON.parse(stdout)
