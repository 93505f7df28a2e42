/** What request bodies and parameters let through: validation comes from the schemas. */
import Type, { type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { describe, expect, test } from 'vitest'
import {
  CreateAppConfig,
  CreateMultipartBuildParams,
  DeploymentConfigV3,
  PartialAppConfigWithServiceConfig,
  operations,
} from '../src/index.ts'

const accepts = (schema: TSchema, value: unknown): boolean => Compile(schema).Check(value)

const deployment = {
  buildId: 'bld-1',
  idleTimeoutEnabled: true,
  roomsPerProcess: 3,
  containerPort: 7777,
  transportType: 'udp',
  env: [{ name: 'EULA', value: 'TRUE' }],
  requestedCPU: 0.5,
  requestedMemoryMB: 1024,
}
const variable = (index: number) => ({ name: `A_${index}`, value: '' })
const port = { name: 'debug', port: 9000, transportType: 'tcp' }

describe('a deployment', () => {
  test.each([
    ['nothing special', {}],
    ['all that may be left out', { deploymentTag: 'alpha', fleetId: 'fleet-1', requestedGPU: 1 }],
    ['fields nobody knows', { planName: 'small' }],
    ['the largest values', { roomsPerProcess: 10_000, containerPort: 65_535, requestedCPU: 64 }],
    ['the smallest values', { roomsPerProcess: 1, containerPort: 1, requestedCPU: 0.25 }],
    ['hundredths of a core', { requestedCPU: 1.15 }],
    ['a hundred variables', { env: Array.from({ length: 100 }, (_, index) => variable(index)) }],
    ['more ports', { additionalContainerPorts: [port] }],
  ])('may have %s', (_, fields) => {
    expect(accepts(DeploymentConfigV3, { ...deployment, ...fields })).toBe(true)
  })

  test.each([
    ['no build', { buildId: undefined }],
    ['text in place of a number', { roomsPerProcess: '3' }],
    ['null in place of a value', { deploymentTag: null }],
    ['no room', { roomsPerProcess: 0 }],
    ['half a room', { roomsPerProcess: 1.5 }],
    ['too many rooms', { roomsPerProcess: 10_001 }],
    ['port 0', { containerPort: 0 }],
    ['a port that does not exist', { containerPort: 65_536 }],
    ['an unknown transport', { transportType: 'quic' }],
    ['too little CPU', { requestedCPU: 0.24 }],
    ['thousandths of a core', { requestedCPU: 0.255 }],
    ['too little memory', { requestedMemoryMB: 511 }],
    ['half a GPU', { requestedGPU: 0.5 }],
    ['a tag too long', { deploymentTag: 'x'.repeat(1001) }],
    ['a variable that is no name', { env: [{ name: '1A', value: '' }] }],
    ['a value too long', { env: [{ name: 'A', value: 'x'.repeat(5001) }] }],
    ['too many variables', { env: Array.from({ length: 101 }, (_, index) => variable(index)) }],
    ['a port name with capitals', { additionalContainerPorts: [{ ...port, name: 'Debug' }] }],
  ])('may not have %s', (_, fields) => {
    expect(accepts(DeploymentConfigV3, { ...deployment, ...fields })).toBe(false)
  })
})

describe('an application', () => {
  test.each([
    ['minecraft-2', true],
    ['x'.repeat(64), true],
    ['x'.repeat(65), false],
    ['Minecraft', false],
    ['a b', false],
    ['', false],
  ])('named %j: %s', (appName, allowed) => {
    expect(accepts(CreateAppConfig, { appName, authConfiguration: {} })).toBe(allowed)
  })

  test('may be told to keep processes in a region that is not published, with any maximum', () => {
    const allocation = { region: 'Home', minProcesses: 1, targetProcesses: 2, maxProcesses: null }
    const serviceConfig = { staticProcessAllocation: [allocation] }
    expect(accepts(PartialAppConfigWithServiceConfig, { serviceConfig })).toBe(true)
  })
})

describe('a build', () => {
  test.each([
    [{ buildSizeInBytes: 1 }, true],
    [{ buildSizeInBytes: 10 * 1024 ** 3, buildId: 'v1_2-x', buildTag: '1.2' }, true],
    [{ buildSizeInBytes: 0 }, false],
    [{ buildSizeInBytes: 1.5 }, false],
    [{ buildSizeInBytes: 1, buildId: '../up' }, false],
    [{ buildSizeInBytes: 1, buildId: '' }, false],
  ])('%j: %s', (body, allowed) => {
    expect(accepts(CreateMultipartBuildParams, body)).toBe(allowed)
  })
})

describe('parameters', () => {
  const logs = Type.Object(operations.GetLogsForProcess.query)
  const latest = Type.Object(operations.GetLatestProcesses.query)

  test.each([
    [logs, { tailLines: 5000, follow: true }, true],
    [logs, { tailLines: 5001 }, false],
    [logs, { tailLines: 0 }, false],
    [latest, { status: ['running'], region: ['Home'], before: 1.5 }, true],
    [latest, { status: ['asleep'] }, false],
  ])('%#: %j is %s', (schema, query, allowed) => {
    expect(accepts(schema, query)).toBe(allowed)
  })
})
