/** The settings of the section `usage`: what usage would cost. */
import Type from 'typebox'

const price = (what: string) =>
  Type.Number({
    default: 0,
    minimum: 0,
    maximum: 1_000_000,
    description: `Price of ${what}, for reports of usage: no money moves`,
  })

export const usageSchema = Type.Object({
  pricePerVcpuHour: price('an hour of a requested vCPU'),
  pricePerMemoryGbHour: price('an hour of a requested GB of memory'),
  pricePerEgressGb: price('a GB that leaves a process'),
  currency: Type.String({
    default: 'USD',
    pattern: '^[A-Z]{3}$',
    allowed: 'three capital letters of ISO 4217',
    description: 'Currency of the prices',
  }),
})
