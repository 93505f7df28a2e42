/** Operations of our own: what was used, for programs and as a page to print. */
import Type from 'typebox'
import { operation } from '../operation.ts'
import { orgId } from '../schemas/fields.ts'
import { UsageView, month } from '../schemas/usage.ts'

const tag = 'Hatchery'

export const usage = {
  GetUsage: operation({
    id: 'GetUsage',
    tag,
    method: 'get',
    path: '/hatchery/v1/usage',
    summary: 'See what was used in a month',
    description:
      'Answers what each application of the organization used, and what it would cost by the prices of the month. What ' +
      'runs is counted up to now.',
    access: ['billing:read-write'],
    params: {},
    query: {
      month: Type.Optional({
        ...month,
        description: 'A month in UTC; the present one when left out.',
      }),
    },
    answer: { status: 200, json: UsageView, description: 'The usage of the month.' },
    errors: [401, 404, 408, 422, 429, 500],
    ours: true,
  }),
  GetUsageReport: operation({
    id: 'GetUsageReport',
    tag,
    method: 'get',
    path: '/hatchery/v1/usage/{month}/report',
    summary: 'Look at a page about a month',
    description:
      'Answers a page to read and to print. The whole URL comes from GetInvoices or InitStripeCustomerPortalUrl.',
    access: 'signed',
    params: { month },
    query: {
      orgId,
      returnUrl: Type.Optional(Type.String({ description: 'Where the page leads back to.' })),
      expires: Type.Integer({ description: 'Unix time in seconds until which the URL holds.' }),
      signature: Type.String({ description: 'The permission to see the page.' }),
    },
    answer: { status: 200, stream: 'text/html; charset=utf-8', description: 'The page.' },
    errors: [400, 404, 408, 422, 429, 500],
    ours: true,
  }),
} as const
