import { HatcheryError } from '@hatchery/contract'
import { monthOf } from '../../domain/usage.ts'
import type { Handler } from '../context.ts'
import { show } from '../explain.ts'
import { reportOfMonth } from '../month-usage.ts'
import { usagePage } from '../pages/usage-page.ts'
import { verifyReportUrl } from '../report-url.ts'

/** The page behind a signed URL. Nothing of its address goes to where its links lead. */
export const getUsageReport: Handler<'GetUsageReport'> = async ({ params, query }, context) => {
  const { store, clock, uploadKey: key } = context.services
  const { month } = params
  const { orgId, returnUrl } = query
  const now = clock.now()
  verifyReportUrl({ ...query, month }, { key, now })
  const organization = await store.findOrganization(orgId)
  if (organization === undefined)
    throw new HatcheryError('not-found', `there is no organization ${show(orgId)}`)
  const report = await reportOfMonth(context.services, orgId, month)
  const isOver = month < monthOf(now)
  const peakVcpus = isOver ? null : await store.findPeakVcpus(orgId)
  context.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  context.setHeader('referrer-policy', 'no-referrer')
  context.setHeader('cache-control', 'private, no-store')
  return inOnePiece(usagePage({ organization, report, now, isOver, peakVcpus, returnUrl }))
}

async function* inOnePiece(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text)
}
