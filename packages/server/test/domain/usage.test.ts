/** Usage by calendar month, and what it would cost. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { invoiceOf, linesOf, totalOf } from '../../src/domain/invoice.ts'
import { type DatedPriceList, pricesIn } from '../../src/domain/price-list.ts'
import { endOf, monthOf, startOf, usedBy } from '../../src/domain/usage.ts'

const at = (text: string): number => Date.parse(`${text}Z`)
const dayMs = 86_400_000

test.each([
  ['2026-11-30T23:59:59.999', '2026-11', '2026-12-01'],
  ['2026-12-31T00:00', '2026-12', '2027-01-01'],
  ['2028-02-29T12:00', '2028-02', '2028-03-01'],
  ['2026-01-01T00:00', '2026-01', '2026-02-01'],
])('%s lies in %s, which ends before %s', (moment, month, end) => {
  expect(monthOf(at(moment))).toBe(month)
  expect(endOf(month)).toBe(at(`${end}T00:00`))
  expect(startOf(month)).toBeLessThanOrEqual(at(moment))
})

describe('what a process used', () => {
  const lived = {
    cpu: 0.29,
    memoryMb: 512,
    scheduledAt: at('2026-11-30T23:00'),
    terminatedAt: null,
  }

  test('counts up to now while it lives, and to its end from then on', () => {
    const half = [{ month: '2026-11', cpu: 29 * 1_800_000, memory: 512 * 1_800_000 }]
    expect(usedBy(lived, at('2026-11-30T23:30'))).toEqual(half)
    const ended = { ...lived, terminatedAt: at('2026-11-30T23:30') }
    expect(usedBy(ended, at('2027-01-01T00:00'))).toEqual(half)
  })

  test('is split where a month ends, to the millisecond', () => {
    const terminatedAt = at('2027-02-01T00:00:00.001')
    expect(usedBy({ ...lived, cpu: 1, terminatedAt }, 0)).toMatchObject([
      { month: '2026-11', cpu: 100 * 3_600_000 },
      { month: '2026-12', cpu: 100 * 31 * dayMs },
      { month: '2027-01', cpu: 100 * 31 * dayMs },
      { month: '2027-02', cpu: 100 },
    ])
  })

  test('is nothing for one that no machine took, or that is seen before its time', () => {
    expect(usedBy({ ...lived, scheduledAt: null }, at('2027-01-01T00:00'))).toEqual([])
    expect(usedBy(lived, at('2026-11-30T22:00'))).toEqual([])
  })

  test('adds up to its time, whatever months it lies in', () => {
    const from = at('2024-01-01T00:00')
    const instant = fc.nat(4 * 366 * dayMs).map((ms) => from + ms)
    fc.assert(
      fc.property(instant, instant, fc.integer({ min: 25, max: 10_000 }), (a, b, hundredths) => {
        const [scheduledAt, terminatedAt] = [Math.min(a, b), Math.max(a, b)]
        const cpu = hundredths / 100
        const used = usedBy({ cpu, memoryMb: 8192, scheduledAt, terminatedAt }, 0)
        const sum = (key: 'cpu' | 'memory') => used.reduce((total, one) => total + one[key], 0)
        expect(sum('cpu')).toBe(hundredths * (terminatedAt - scheduledAt))
        expect(sum('memory')).toBe(8192 * (terminatedAt - scheduledAt))
        for (const { month, cpu: part } of used)
          expect(part).toBeLessThanOrEqual(hundredths * (endOf(month) - startOf(month)))
        const months = used.map(({ month }) => month)
        expect(months).toEqual([...new Set(months)].toSorted())
      }),
    )
  })
})

describe('prices', () => {
  const list = (month: string, perVcpuHour: number): DatedPriceList => ({
    ...{ month, perVcpuHour, perMemoryGbHour: 0.005, perEgressGb: 0.1, currency: 'USD' },
  })

  test('of a month are those in force in it; a later change leaves it alone', () => {
    const lists = [list('2026-12', 3), list('2026-03', 1), list('2026-10', 2)]
    const prices = ['2025-01', '2026-03', '2026-09', '2026-10', '2026-11', '2027-06'].map(
      (month) => pricesIn(month, lists).perVcpuHour,
    )
    expect(prices).toEqual([1, 1, 1, 2, 2, 3])
    expect(pricesIn('2026-11', [])).toMatchObject({ perVcpuHour: 0, currency: 'USD' })
  })

  const usage = {
    ...{ month: '2026-11', appId: 'app-1', appName: 'arena' },
    ...{ vcpuHours: 12.5, memoryGbHours: 101, egressBytes: 0 },
  }

  test('make a line for each product that was used, and the sum of what is shown', () => {
    const prices = list('2026-11', 0.0333)
    const lines = linesOf(usage, prices)
    expect(lines).toEqual([
      {
        ...{ productName: 'arena: vCPU hours', unit: 'vCPU hour' },
        ...{ quantity: 12.5, unitPrice: 0.0333, amount: 0.42 },
      },
      {
        ...{ productName: 'arena: memory GB hours', unit: 'GB hour' },
        ...{ quantity: 101, unitPrice: 0.005, amount: 0.51 },
      },
    ])
    expect(totalOf(lines, prices)).toBe(0.93)
  })

  test('are rounded to what the currency has', () => {
    const prices = { ...list('2026-11', 100.1), currency: 'JPY' }
    expect(linesOf(usage, prices).map(({ amount }) => amount)).toEqual([1251, 1])
    const dinars = { ...list('2026-11', 0.0333), currency: 'KWD' }
    expect(totalOf(linesOf(usage, dinars), dinars)).toBe(0.921)
  })
})

test('an invoice is paid when it is nothing, else pending for 30 days and overdue then', () => {
  const given = { orgId: 'org-6f706e83-0ec1-437a-9a46-7d4281eb2f39', month: '2026-11' }
  const dueAt = at('2026-12-31T00:00')
  const id = 'inv-2026-11-6f706e83'
  expect(invoiceOf({ ...given, amountDue: 0 }, dueAt + 1)).toEqual({
    ...{ id, month: '2026-11', amountDue: 0, dueAt, status: 'paid' },
  })
  expect(invoiceOf({ ...given, amountDue: 1 }, dueAt - 1).status).toBe('pending')
  expect(invoiceOf({ ...given, amountDue: 1 }, dueAt).status).toBe('overdue')
})
