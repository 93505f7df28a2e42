/** `hatchery usage` and `hatchery invoice list`. */
import type { AppUsageView, Invoice } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import type { Column } from '../output/columns.ts'

const columns: readonly Column<AppUsageView>[] = [
  { name: 'app', of: ({ appName }) => appName },
  { name: 'vcpu-hours', of: ({ vcpuHours }) => rounded(vcpuHours), align: 'right' },
  { name: 'memory-gb-hours', of: ({ memoryGbHours }) => rounded(memoryGbHours), align: 'right' },
  { name: 'egress-gb', of: ({ egressGb }) => rounded(egressGb), align: 'right' },
  { name: 'amount', of: ({ amount }) => amount, align: 'right' },
  { name: 'id', of: ({ appId }) => ({ id: appId }), hidden: true },
]

export async function usage(
  { client, out }: Context,
  { flags }: Input<{ month: string | undefined }>,
): Promise<void> {
  const { month, applications, total, prices } = await (
    await client()
  ).hatchery.getUsage(flags.month)
  const empty = `no process ran in ${month}`
  out.list(applications, { columns, id: ({ appId }) => appId, empty })
  if (out.format !== 'text' || applications.length === 0) return
  const { vcpuHours, memoryGbHours, egressGb, amount } = total
  out.say(
    `${month} in all: ${rounded(vcpuHours)} vCPU hours, ${rounded(memoryGbHours)} memory GB hours, ` +
      `${rounded(egressGb)} GB egress, ${amount} ${prices.currency}`,
  )
}

/** Four seconds of a vCPU. */
const rounded = (quantity: number): number => Math.round(quantity * 1_000) / 1_000

const invoiceColumns: readonly Column<Invoice>[] = [
  { name: 'invoice', of: ({ id }) => id },
  { name: 'month', of: monthOf },
  { name: 'status', of: ({ status }) => status },
  { name: 'amount', of: ({ amountDue }) => amountDue, align: 'right' },
  { name: 'due', of: ({ dueDate }) => dueDate.toISOString().slice(0, 10) },
  { name: 'page', of: ({ pdfUrl }) => pdfUrl, hidden: true },
]

function monthOf({ year, month }: Invoice): string {
  return `${year}-${String(month).padStart(2, '0')}`
}

export async function listInvoices({ client, out }: Context): Promise<void> {
  const invoices = await (await client()).billingV1.getInvoices()
  const empty = 'no month with usage is over yet; see this one: hatchery usage'
  out.list(invoices, { columns: invoiceColumns, id: ({ id }) => id, empty })
}
