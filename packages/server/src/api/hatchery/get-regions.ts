import type { Handler } from '../context.ts'

export const getRegions: Handler<'GetRegions'> = async (_input, { services }) =>
  services.regions.plans.map(({ region, nodeIds, spillover }) => ({
    region,
    nodeIds: [...nodeIds],
    spillover: [...spillover],
  }))
