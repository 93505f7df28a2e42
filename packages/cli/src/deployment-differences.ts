/** What two deployments say differently. */
import type { DeploymentV3 } from '@hatchery/client'

export interface Difference {
  /** The API's name of the field; `env NAME` for a variable. */
  readonly field: string
  /** Null where it is not there. */
  readonly from: string | null
  readonly to: string | null
}

/** Fields that differ between any two. */
const ofItsOwn = new Set(['deploymentId', 'appId', 'createdAt', 'createdBy', 'env'])

export function differences(from: Partial<DeploymentV3>, to: Partial<DeploymentV3>): Difference[] {
  const before = fieldsOf(from)
  const after = fieldsOf(to)
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((field) => ({ field, from: before.get(field) ?? null, to: after.get(field) ?? null }))
    .filter((one) => one.from !== one.to)
}

function fieldsOf(deployment: Partial<DeploymentV3>): Map<string, string> {
  const plain = Object.entries(deployment)
    .filter(([field, value]) => !ofItsOwn.has(field) && value !== undefined && value !== null)
    .map(([field, value]) => [field, textOf(value)] as const)
  const variables = (deployment.env ?? []).map(({ name, value }) => [`env ${name}`, value] as const)
  return new Map([...plain, ...variables])
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value)
