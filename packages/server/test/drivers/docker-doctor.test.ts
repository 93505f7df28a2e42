/** What `hatchery doctor` says of Docker engines. */
import { tmpdir } from 'node:os'
import { describe, expect, test } from 'vitest'
import { engineFindings } from '../../src/composition/diagnosis/engine-findings.ts'
import { readConfig } from '../../src/config.ts'
import { engineHindrance } from '../support/docker/engine-process.ts'
import { sharedEngine } from '../support/docker/shared-engine.ts'

const findings = (...argv: string[]) =>
  engineFindings(readConfig({ argv, env: {}, cwd: tmpdir(), isRoot: true }))

const nowhere = '--containers-engine=unix:///nowhere/docker.sock'

test('an engine that is needed and silent is a problem, one that is not needed is none', async () => {
  expect(await findings('--docker', nowhere)).toMatchObject([
    { topic: 'Docker engine at unix:///nowhere/docker.sock', state: 'no' },
  ])
  const [optional] = await findings(nowhere)
  expect(optional).toMatchObject({ state: 'limited', found: 'none' })
  expect(optional?.means).toContain('apt-get install docker.io')
})

const hindrance = engineHindrance()

describe.skipIf(hindrance !== undefined)(`an engine that answers ${hindrance ?? ''}`, () => {
  test('is named with its version, and whether games survive its restart', async () => {
    const { url, client } = await sharedEngine()
    const { engine, api } = await client.version()
    expect(await findings(`--nodes=a docker=${url}`)).toMatchObject([
      { topic: `Docker engine at ${url}`, state: 'yes', found: `version ${engine}, API ${api}` },
      { topic: 'when the Docker engine is restarted', found: 'live-restore is off' },
    ])
    client.close()
  })
})
