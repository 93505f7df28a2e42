/** Bodies with one wrong field: the refusal names field, value and what is allowed, and nothing changes. */
import { type Operation, operations } from '@hatchery/contract'
import { describe, expect, test } from 'vitest'
import { deploymentConfig } from '../support/deployed-app.ts'
import { everything } from '../support/everything.ts'
import { refusalIn } from '../support/refusal.ts'
import { type Place, aPlace, characters, sendBody } from '../support/send-body.ts'

const app = { appName: 'b', authConfiguration: {} }
const region = { region: 'Chicago', minProcesses: 0, targetProcesses: 1, maxProcesses: 2 }

/** Bodies with one wrong field each, and what the refusal says. */
const fields: Partial<Record<keyof typeof operations, [unknown, string][]>> = {
  CreateApp: [
    [{}, 'body.appName is missing; body.authConfiguration is missing'],
    [{ ...app, appName: null }, 'body.appName must be string; got null'],
    [{ ...app, appName: 5 }, 'body.appName must be string; got 5'],
    [{ ...app, appName: ['b'] }, 'body.appName must be string; got ["b"]'],
    [{ ...app, appName: '' }, 'body.appName must match ^[a-z0-9-]{1,64}$; got ""'],
    [{ ...app, appName: 'Arena' }, 'body.appName must match ^[a-z0-9-]{1,64}$; got "Arena"'],
    [{ ...app, appName: 'a b' }, 'got "a b"'],
    [{ ...app, appName: 'arena\n' }, 'got "arena\\n"'],
    [{ ...app, appName: 'é' }, 'got "é"'],
    [{ ...app, appName: characters(65) }, '… (67 characters)'],
    [{ appName: 'b' }, 'body.authConfiguration is missing'],
    [{ ...app, authConfiguration: null }, 'body.authConfiguration must be object; got null'],
    [
      { ...app, authConfiguration: 'anonymous' },
      'body.authConfiguration must be object; got "anonymous"',
    ],
    [{ ...app, authConfiguration: [] }, 'body.authConfiguration must be object; got []'],
    [
      { ...app, authConfiguration: { anonymous: true } },
      'body.authConfiguration.anonymous must be object; got true',
    ],
    [
      { ...app, authConfiguration: { google: {} } },
      'body.authConfiguration.google.clientId is missing',
    ],
    [
      { ...app, authConfiguration: { google: { clientId: 7 } } },
      'body.authConfiguration.google.clientId must be string; got 7',
    ],
    [
      { ...app, loadBalancer: { enabled: 'yes' } },
      'body.loadBalancer.enabled must be boolean; got "yes"',
    ],
  ],
  UpdateApp: [
    [{}, 'body.appName is missing; body.authConfiguration is missing'],
    [{ ...app, appName: 'B' }, 'body.appName must match'],
    [{ ...app, serviceConfig: [] }, 'body.serviceConfig must be object; got []'],
    [{ ...app, serviceConfig: {} }, 'body.serviceConfig.staticProcessAllocation is missing'],
    [
      { ...app, serviceConfig: { staticProcessAllocation: {} } },
      'body.serviceConfig.staticProcessAllocation must be array; got {}',
    ],
    [
      { ...app, serviceConfig: { staticProcessAllocation: [{}] } },
      'body.serviceConfig.staticProcessAllocation[0].region is missing',
    ],
    [
      { ...app, serviceConfig: { staticProcessAllocation: Array(1001).fill(region) } },
      'must not have more than 1000 items',
    ],
    [
      { ...app, serviceConfig: { staticProcessAllocation: [{ ...region, minProcesses: '1' }] } },
      '[0].minProcesses must be integer; got "1"',
    ],
    [
      { ...app, serviceConfig: { staticProcessAllocation: [{ ...region, maxProcesses: 1.5 }] } },
      '[0].maxProcesses must be',
    ],
  ],
  PatchApp: [
    [{ appName: 'B' }, 'body.appName must match ^[a-z0-9-]{1,64}$; got "B"'],
    [{ authConfiguration: null }, 'body.authConfiguration must be object; got null'],
    [
      { serviceConfig: { staticProcessAllocation: [], processAutoscalerConfig: {} } },
      'body.serviceConfig.processAutoscalerConfig.targetMetric is missing',
    ],
    [
      {
        serviceConfig: {
          staticProcessAllocation: [],
          processAutoscalerConfig: { targetMetric: { metricName: 'luck', metricValue: 1 } },
        },
      },
      'metricName must be one of concurrent-requests; got "luck"',
    ],
    [
      { serviceConfig: { staticProcessAllocation: [{ ...region, region: 7 }] } },
      '[0].region must be string; got 7',
    ],
  ],
  CreateBuild: [
    [{}, 'body.buildSizeInBytes is missing'],
    [{ buildSizeInBytes: '5' }, 'body.buildSizeInBytes must be number; got "5"'],
    [{ buildSizeInBytes: true }, 'body.buildSizeInBytes must be number; got true'],
    [{ buildSizeInBytes: 0 }, 'body.buildSizeInBytes must be >= 1; got 0'],
    [
      { buildSizeInBytes: 1e300 },
      'body.buildSizeInBytes must be a whole number from 1 to 10737418240; got 1e+300',
    ],
    [
      { buildSizeInBytes: 1, buildId: '' },
      'body.buildId must match ^[a-zA-Z0-9_-]{1,100}$; got ""',
    ],
    [{ buildSizeInBytes: 1, buildId: '../x' }, 'got "../x"'],
    [{ buildSizeInBytes: 1, buildId: 'a/b' }, 'got "a/b"'],
    [{ buildSizeInBytes: 1, buildId: '.' }, 'got "."'],
    [{ buildSizeInBytes: 1, buildId: characters(101) }, 'body.buildId must match'],
    [{ buildSizeInBytes: 1, buildId: characters(10_000) }, '… (10002 characters)'],
    [{ buildSizeInBytes: 1, buildId: null }, 'body.buildId must be string; got null'],
    [{ buildSizeInBytes: 1, buildTag: 7 }, 'body.buildTag must be string; got 7'],
    [
      { buildSizeInBytes: 1, buildTag: characters(1001) },
      'body.buildTag must not have more than 1000 characters',
    ],
    [
      { buildSizeInBytes: 1, buildTag: 'a\0b' },
      'body.buildTag must have no zero byte; got "a\\u0000b"',
    ],
  ],
  CreateBuildRegistry: [
    [{ buildId: 'a b' }, 'body.buildId must match'],
    [{ buildTag: {} }, 'body.buildTag must be string; got {}'],
  ],
  RunBuildRegistry: [
    [{}, 'body.image is missing'],
    [{ image: '' }, 'body.image must not have fewer than 1 characters; got ""'],
    [{ image: 'a', registryUrl: 1 }, 'body.registryUrl must be string; got 1'],
    [{ image: 'a', auth: {} }, 'body.auth must be string; got {}'],
    [{ image: characters(1001) }, 'body.image must not have more than 1000 characters'],
  ],
}

/** One wrong field of a deployment each. */
const deploymentFields: [Record<string, unknown>, string][] = [
  [{ buildId: undefined }, 'body.buildId is missing'],
  [{ buildId: 7 }, 'body.buildId must be string; got 7'],
  [{ idleTimeoutEnabled: 'true' }, 'body.idleTimeoutEnabled must be boolean; got "true"'],
  [{ idleTimeoutEnabled: null }, 'body.idleTimeoutEnabled must be boolean; got null'],
  [{ roomsPerProcess: 0 }, 'body.roomsPerProcess must be >= 1; got 0'],
  [{ roomsPerProcess: 10_001 }, 'body.roomsPerProcess must be <= 10000; got 10001'],
  [{ roomsPerProcess: 1.5 }, 'body.roomsPerProcess must be integer; got 1.5'],
  [{ roomsPerProcess: '3' }, 'body.roomsPerProcess must be integer; got "3"'],
  [{ containerPort: 0 }, 'body.containerPort must be >= 1; got 0'],
  [{ containerPort: 65_536 }, 'body.containerPort must be <= 65535; got 65536'],
  [{ containerPort: 80.5 }, 'body.containerPort must be integer; got 80.5'],
  [{ containerPort: undefined }, 'body.containerPort is missing'],
  [{ transportType: 'TCP' }, 'body.transportType must be one of tcp, udp, tls; got "TCP"'],
  [{ transportType: ['tcp'] }, 'body.transportType'],
  [{ requestedCPU: 0.24 }, 'body.requestedCPU must be >= 0.25; got 0.24'],
  [{ requestedCPU: 0.255 }, 'body.requestedCPU must be multiple of 0.01; got 0.255'],
  [{ requestedCPU: '1' }, 'body.requestedCPU must be number; got "1"'],
  [{ requestedCPU: -1 }, 'body.requestedCPU must be >= 0.25; got -1'],
  [{ requestedCPU: 1e9 }, 'body.requestedCPU must be at most'],
  [{ requestedMemoryMB: 511 }, 'body.requestedMemoryMB must be >= 512; got 511'],
  [{ requestedMemoryMB: 512.5 }, 'body.requestedMemoryMB must be multiple of 1; got 512.5'],
  [{ requestedMemoryMB: null }, 'body.requestedMemoryMB must be number; got null'],
  [{ requestedGPU: -1 }, 'body.requestedGPU must be >= 0; got -1'],
  [{ requestedGPU: 0.5 }, 'body.requestedGPU must be multiple of 1; got 0.5'],
  [{ requestedGPU: 0, experimentalRequestedGPU: 1 }, 'must be 0: no region here has GPUs; got 1'],
  [{ env: undefined }, 'body.env is missing'],
  [{ env: {} }, 'body.env must be array; got {}'],
  [{ env: ['A=1'] }, 'body.env[0] must be object; got "A=1"'],
  [{ env: [{ name: 'A' }] }, 'body.env[0].value is missing'],
  [{ env: [{ name: 'A', value: 1 }] }, 'body.env[0].value must be string; got 1'],
  [{ env: [{ name: 'A', value: null }] }, 'body.env[0].value must be string; got null'],
  [
    { env: [{ name: 'A', value: characters(5001) }] },
    'body.env[0].value must not have more than 5000 characters',
  ],
  [{ env: [{ name: characters(101), value: '' }] }, 'body.env[0].name must match'],
  [{ env: [{ name: 'A=B', value: '' }] }, 'got "A=B"'],
  [{ env: [{ name: '', value: '' }] }, 'body.env[0].name must match'],
  [
    { env: Array.from({ length: 101 }, (_, index) => ({ name: `A${index}`, value: '' })) },
    'body.env must not have more than 100 items',
  ],
  [{ additionalContainerPorts: {} }, 'body.additionalContainerPorts must be array; got {}'],
  [
    { additionalContainerPorts: [{ name: 'Query', port: 1, transportType: 'udp' }] },
    'body.additionalContainerPorts[0].name must match ^[a-z][a-z0-9-]{0,99}$; got "Query"',
  ],
  [
    { additionalContainerPorts: [{ name: 'query', port: '1', transportType: 'udp' }] },
    'body.additionalContainerPorts[0].port must be integer; got "1"',
  ],
  [
    { additionalContainerPorts: [{ name: 'query', port: 1 }] },
    'body.additionalContainerPorts[0].transportType is missing',
  ],
  [
    { additionalContainerPorts: Array(101).fill({ name: 'a', port: 1, transportType: 'udp' }) },
    'body.additionalContainerPorts must not have more than 100 items',
  ],
  [
    { deploymentTag: characters(1001) },
    'body.deploymentTag must not have more than 1000 characters',
  ],
  [{ deploymentTag: 1 }, 'body.deploymentTag must be string; got 1'],
  [{ fleetId: null }, 'body.fleetId must be string; got null'],
]

describe('a body with a wrong field is refused with field, value and what is allowed by', () => {
  test.for(Object.keys(fields) as (keyof typeof fields)[])('%s', async (id) => {
    const place = await aPlace()
    const before = await everything(place.client, place.appId)
    for (const [body, text] of fields[id] ?? []) {
      await expectRefusal(place, operations[id], { body, text })
    }
    expect(await everything(place.client, place.appId)).toEqual(before)
  })

  test('CreateDeployment', async () => {
    const place = await aPlace()
    const before = await everything(place.client, place.appId)
    for (const [change, text] of deploymentFields) {
      const body = { ...deploymentConfig(place.buildId), ...change }
      await expectRefusal(place, operations.CreateDeployment, { body, text })
    }
    expect(await everything(place.client, place.appId)).toEqual(before)
  })
})

async function expectRefusal(
  place: Place,
  operation: Operation,
  { body, text }: { body: unknown; text: string },
): Promise<void> {
  const refusal = await refusalIn(await sendBody(place, operation, { body: JSON.stringify(body) }))
  const shown = JSON.stringify(body).slice(0, 200)
  expect({ body: shown, ...refusal }).toMatchObject({ body: shown, status: 422, code: 'invalid' })
  expect({ body: shown, message: refusal.message }).toEqual({
    body: shown,
    message: expect.stringContaining(text),
  })
  expect(refusal.message.length).toBeLessThan(600)
}
