/** What an organization used in a month, as a page to read and to print: no script, nothing loaded from anywhere. */
import { type Instant } from '../../domain/clock.ts'
import { type Invoice, invoiceOf } from '../../domain/invoice.ts'
import type { Organization } from '../../domain/organization.ts'
import { type Month, endOf, startOf } from '../../domain/usage.ts'
import type { Quantities, UsageReport } from '../../domain/usage-report.ts'
import { escaped } from './html.ts'
import { type Figures, figuresOf } from './usage-figures.ts'
import { usageStyle } from './usage-style.ts'

export interface UsagePageOptions {
  readonly organization: Organization
  readonly report: UsageReport
  readonly now: Instant
  readonly isOver: boolean
  /** The most cores at once, lately; null: not shown. */
  readonly peakVcpus: number | null
  /** Checked to be an address of the web. */
  readonly returnUrl: string | undefined
}

export function usagePage(options: UsagePageOptions): string {
  const { organization, report, returnUrl } = options
  const figures = figuresOf(report.prices)
  const title = `Usage in ${monthName(report.month)}`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${title} – ${escaped(organization.name)}</title>
<style>${usageStyle}</style></head><body>
${returnUrl === undefined ? '' : backLink(returnUrl)}
<header><div><p class="brand">Hatchery</p><h1>${title}</h1><p class="quiet">${periodOf(options)}</p></div>
${facts(options, figures)}</header>
${summary(report.total, figures)}
${applications(report, figures)}
${figures.hasPrices ? priceTable(report, figures) : ''}
${options.peakVcpus === null ? '' : limits(options, figures)}
<footer>${notes(figures)}</footer>
</body></html>
`
}

const backLink = (returnUrl: string): string =>
  `<nav><a href="${escaped(returnUrl)}" rel="noreferrer">← Back to ${escaped(new URL(returnUrl).host)}</a></nav>`

const monthName = (month: Month): string =>
  new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    startOf(month),
  )

const dayName = (at: Instant): string =>
  new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(at)

const timeName = (at: Instant): string =>
  `${dayName(at)}, ${new Date(at).toISOString().slice(11, 16)} UTC`

function periodOf({ report, isOver, now }: UsagePageOptions): string {
  const last = isOver ? dayName(endOf(report.month) - 1) : timeName(now)
  return `${dayName(startOf(report.month))} to ${last}${isOver ? ' (UTC)' : '; the month goes on'}`
}

/** For whom it is, and for a month that is over as an invoice has it. */
function facts({ organization, report, isOver, now }: UsagePageOptions, figures: Figures): string {
  const { orgId, name } = organization
  const amountDue = report.total.amount
  const invoice = invoiceOf({ orgId, month: report.month, amountDue }, now)
  const rows = [
    ['Organization', escaped(name)],
    ['Id', `<code>${escaped(orgId)}</code>`],
    ...(isOver ? invoiceFacts(invoice, figures) : []),
  ]
  return `<dl>${rows.map(([term, text]) => `<dt>${term}</dt><dd>${text}</dd>`).join('')}</dl>`
}

const invoiceFacts = (invoice: Invoice, { hasPrices }: Figures): string[][] => [
  ['Invoice', `<code>${escaped(invoice.id)}</code>`],
  ...(hasPrices ? [['Due', `${dayName(invoice.dueAt)} <b>${invoice.status}</b>`]] : []),
]

const summary = (
  total: Quantities,
  { quantity, money, hasPrices }: Figures,
): string => `<section class="cards">
${card('vCPU hours', quantity(total.vcpuHours))}
${card('Memory GB hours', quantity(total.memoryGbHours))}
${card('Egress GB', quantity(total.egressGb))}
${hasPrices ? card('Total', money(total.amount)) : ''}</section>`

const card = (name: string, value: string): string =>
  `<div><p class="quiet">${name}</p><p class="figure">${value}</p></div>`

function applications({ applications: all, total }: UsageReport, figures: Figures): string {
  if (all.length === 0) return '<h2>Applications</h2><p>No process ran in this month.</p>'
  const cells = (one: Quantities): string => amounts(one, figures).map(number).join('')
  const rows = all.map(
    (one) =>
      `<tr><th scope="row">${escaped(one.appName)}<br><code>${escaped(one.appId)}</code></th>${cells(one)}</tr>`,
  )
  const names = [
    'vCPU hours',
    'Memory GB hours',
    'Egress GB',
    ...(figures.hasPrices ? ['Amount'] : []),
  ]
  return `<h2>Applications</h2><div class="wide"><table>
<thead><tr><th>Application</th>${names.map((name) => `<th class="number">${name}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody>
<tfoot><tr><th scope="row">Total</th>${cells(total)}</tr></tfoot></table></div>`
}

const amounts = (of: Quantities, { quantity, money, hasPrices }: Figures): string[] => [
  ...[quantity(of.vcpuHours), quantity(of.memoryGbHours), quantity(of.egressGb)],
  ...(hasPrices ? [money(of.amount)] : []),
]

const number = (text: string): string => `<td class="number">${text}</td>`

function priceTable({ prices, total }: UsageReport, { quantity, unitPrice }: Figures): string {
  const rows = (
    [
      ['vCPU', 'hour of a vCPU', total.vcpuHours, prices.perVcpuHour],
      ['Memory', 'GB for an hour', total.memoryGbHours, prices.perMemoryGbHour],
      ['Egress', 'GB', total.egressGb, prices.perEgressGb],
    ] as const
  ).map(
    ([name, unit, used, price]) =>
      `<tr><th scope="row">${name}</th><td>${unit}</td>${number(unitPrice(price))}${number(quantity(used))}</tr>`,
  )
  return `<section class="short"><h2>Prices</h2><table>
<thead><tr><th>Product</th><th>Unit</th><th class="number">Price</th><th class="number">Quantity</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></section>`
}

/** Of the present month only: limits are not kept. */
function limits(
  { organization, report, peakVcpus }: UsagePageOptions,
  { quantity }: Figures,
): string {
  const of = (limit: number | null): string => (limit === null ? 'no limit' : quantity(limit))
  const rows = [
    ['vCPU hours in this month', report.total.vcpuHours, organization.monthlyVcpuHoursLimit],
    ['Most vCPU at once in 7 days', peakVcpus ?? 0, organization.concurrentVcpusLimit],
  ] as const
  return `<section class="short"><h2>Limits</h2><table><thead><tr><th></th><th class="number">Used</th><th class="number">Limit</th></tr></thead>
<tbody>${rows.map(([name, used, limit]) => `<tr><th scope="row">${name}</th>${number(quantity(used))}${number(of(limit))}</tr>`).join('\n')}</tbody></table></section>`
}

const notes = ({ hasPrices, currency }: Figures): string =>
  [
    'CPU and memory are counted as requested, from the moment a machine set them aside for a process until it ended.',
    'A GB is 1,024 MB. Egress is counted where the machine measures it.',
    hasPrices
      ? `Amounts are in ${currency}, rounded for each application and product. This page is a report: no money moves through Hatchery.`
      : 'No prices are set, so nothing is due.',
  ]
    .map((text) => `<p>${text}</p>`)
    .join('')
