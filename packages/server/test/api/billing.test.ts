/** What was used, as the official client asks for it: by month, priced, and as a page to print. */
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { type Hatchery } from '@hatchery/client'
import { describe, expect, test } from 'vitest'
import { anAppConfig, deployedApp } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { type ManualClock, createManualClock } from '../support/manual-clock.ts'
import { withOrganizations } from '../support/organizations.ts'
import { refusalIn, refusalOf } from '../support/refusal.ts'
import {
  type TestHatchery,
  createFakeDriver,
  createFakePlace,
  startHatchery,
} from '../support/start-hatchery.ts'

const hourMs = 3_600_000

/** An hour before the end of October. */
const start = Date.parse('2026-10-31T23:00:00Z')

const prices = [
  '--usage-price-per-vcpu-hour=0.5',
  '--usage-price-per-memory-gb-hour=0.25',
  '--usage-currency=EUR',
]

interface Studio extends TestHatchery {
  readonly clock: ManualClock
  readonly appId: string
  readonly orgId: string
  readonly official: HathoraCloud
}

/** With an application whose processes ask for a core and 2 GB. */
async function aStudio(...flags: string[]): Promise<Studio> {
  const clock = createManualClock(start)
  const place = createFakePlace()
  const driver = () => createFakeDriver({ clock, place })
  const hatchery = await startHatchery({ clock, flags, driver })
  const { appId } = await deployedApp(hatchery.client, {
    ...{ appName: 'arena', deployment: { requestedCPU: 1, requestedMemoryMB: 2048 } },
  })
  const { orgId } = await hatchery.client.hatchery.whoAmI()
  const official = new HathoraCloud({ serverURL: hatchery.url, hathoraDevToken: hatchery.token })
  return { ...hatchery, clock, appId, orgId, official }
}

/** Lets time go by and everything be done that is due. */
async function pass({ clock, server }: Studio, ms: number): Promise<void> {
  clock.pass(ms)
  await server.settled()
}

async function started(studio: Studio): Promise<string> {
  const { processId } = await studio.client.processesV3.createProcess('Seattle', studio.appId)
  await studio.server.settled()
  return processId
}

async function stopped({ client, server, appId }: Studio, processId: string): Promise<void> {
  await client.processesV3.stopProcess(processId, appId)
  await server.settled()
  expect((await client.processesV3.getProcess(processId, appId)).status).toBe('stopped')
}

describe('the official client', () => {
  test('sees an invoice for the month that is over, and what the present one comes to', async () => {
    const studio = await aStudio(...prices)
    const { official, client, clock, orgId } = studio
    const first = await started(studio)
    await started(studio)
    await pass(studio, 0.5 * hourMs)
    await stopped(studio, first)
    await pass(studio, 2.5 * hourMs)

    expect(clock.now()).toBe(Date.parse('2026-11-01T02:00:00Z'))
    const invoices = await official.billingV1.getInvoices(orgId)
    expect(invoices).toEqual([
      {
        ...{ id: `inv-2026-10-${orgId.slice(4, 12)}`, year: 2026, month: 10, status: 'pending' },
        // 1.5 hours of a core and 3 of a GB.
        ...{ amountDue: 1.5, dueDate: new Date('2026-12-01T00:00:00Z') },
        pdfUrl: expect.stringContaining('/hatchery/v1/usage/2026-10/report?') as string,
      },
    ])
    const { invoiceItems } = await official.billingV1.getUpcomingInvoiceItems()
    // How much left them by then depends on when they were measured.
    expect(invoiceItems.filter(({ unit }) => unit !== 'GB')).toEqual([
      {
        ...{ productName: 'arena: vCPU hours', unit: 'vCPU hour' },
        ...{ quantity: 2, unitPrice: 0.5, amount: 1 },
      },
      {
        ...{ productName: 'arena: memory GB hours', unit: 'GB hour' },
        ...{ quantity: 4, unitPrice: 0.25, amount: 1 },
      },
    ])
    expect(await official.billingV1.getUpcomingInvoiceTotal()).toEqual({ value: 2 })
    expect(await official.billingV1.getBalance()).toBe(0)
    expect(await official.billingV1.getPaymentMethod()).toEqual({})
    const limits = await official.organizationsV1.getUsageLimits(orgId)
    expect(limits).toEqual({ monthlyProcessVcpuHoursConsumed: 2, concurrentProcessVcpus7DayMax: 2 })
    expect(await client.hatchery.getUsage('2026-10')).toMatchObject({
      ...{ month: '2026-10', isOver: true, prices: { perVcpuHour: 0.5, currency: 'EUR' } },
      applications: [{ appId: studio.appId, appName: 'arena', vcpuHours: 1.5 }],
      total: { vcpuHours: 1.5, memoryGbHours: 3, amount: 1.5 },
    })

    await pass(studio, 40 * 24 * hourMs)
    const late = await official.billingV1.getInvoices()
    expect(late.map(({ month, status }) => [month, status])).toEqual([
      ...[
        [11, 'pending'],
        [10, 'overdue'],
      ], // newest first
    ])
  })

  test('sees paid invoices where nothing costs anything, and none of months without use', async () => {
    const studio = await aStudio()
    expect(await studio.official.billingV1.getInvoices()).toEqual([])
    await stopped(studio, await started(studio))
    await pass(studio, 2 * hourMs)
    expect(await studio.official.billingV1.getInvoices()).toEqual([])
    expect(await studio.official.billingV1.getUpcomingInvoiceItems()).toEqual({ invoiceItems: [] })
    await started(studio)
    await pass(studio, 31 * 24 * hourMs)
    const invoices = await studio.official.billingV1.getInvoices()
    expect(
      invoices.map(({ id, amountDue, status }) => [id.slice(0, 11), amountDue, status]),
    ).toEqual([['inv-2026-11', 0, 'paid']])
  })

  test('sees the limits once there are any, and that both are refused beyond them', async () => {
    const studio = await aStudio()
    const { official, client, orgId, appId } = studio
    await client.hatchery.changeOrg(orgId, {
      ...{ concurrentProcessVcpusLimit: 1.5, monthlyProcessVcpuHoursLimit: 10 },
    })
    await started(studio)
    expect(await official.organizationsV1.getUsageLimits()).toEqual({
      ...{ monthlyProcessVcpuHoursConsumed: 0, monthlyProcessVcpuHoursLimit: 10 },
      ...{ concurrentProcessVcpus7DayMax: 1, concurrentProcessVcpusLimit: 1.5 },
    })
    await expect(official.processesV3.createProcess('Tokyo', appId)).rejects.toMatchObject({
      ...{ name: 'ApiError', statusCode: 402 },
      message:
        'the processes of the organization may request 1.5 vCPU at once and request 1 now, and this one needs 1: ' +
        'end processes, or have concurrentProcessVcpusLimit raised',
    })
    await pass(studio, 12 * hourMs)
    const [alive] = await client.processesV3.getLatestProcesses(appId, ['running'])
    await stopped(studio, alive?.processId ?? '')
    expect(await refusalOf(started(studio))).toMatchObject({
      ...{ status: 402, code: 'limit-reached' },
      message: expect.stringContaining('used 11 in 2026-11: wait until 2026-12-01') as string,
    })
  })

  test('another organization sees nothing of it, and asking for it by name is 404', async () => {
    const studio = await aStudio(...prices)
    await started(studio)
    await pass(studio, 2 * hourMs)
    const { hatchery, secrets } = await withOrganizations(studio, [{}])
    const second = new HathoraCloud({
      ...{ serverURL: hatchery.url, hathoraDevToken: secrets[0] ?? '' },
    })
    expect(await second.billingV1.getInvoices()).toEqual([])
    expect(await second.billingV1.getUpcomingInvoiceTotal()).toEqual({ value: 0 })
    expect(await second.organizationsV1.getUsageLimits()).toEqual({
      ...{ monthlyProcessVcpuHoursConsumed: 0, concurrentProcessVcpus7DayMax: 0 },
    })
    await expect(second.billingV1.getInvoices(studio.orgId)).rejects.toMatchObject({
      ...{ statusCode: 404, message: `there is no organization "${studio.orgId}"` },
    })
  })
})

describe('the page about a month', () => {
  test('is seen by whoever has its address, for a day', async () => {
    const studio = await aStudio(...prices)
    await started(studio)
    await pass(studio, 2 * hourMs)
    const [invoice] = await studio.official.billingV1.getInvoices()
    const address = invoice?.pdfUrl ?? ''

    const page = await fetch(address)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.get('cache-control')).toBe('private, no-store')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const text = await page.text()
    for (const shown of ['Usage in October 2026', 'arena', '€1.00', invoice?.id, 'pending'])
      expect(text).toContain(shown)
    expect(text).not.toContain('<script')

    const wrong = [
      address.replace('2026-10', '2026-11'),
      address.replace(/orgId=[^&]+/, 'orgId=org-1'),
      address.replace(/expires=\d+/, 'expires=9999999999'),
      `${address}&returnUrl=https%3A%2F%2Felsewhere.example`,
      address.slice(0, -1),
    ]
    for (const url of wrong)
      expect(await refusalIn(await fetch(url))).toMatchObject({ status: 404, code: 'not-found' })
    await pass(studio, 24 * hourMs)
    expect(await refusalIn(await fetch(address))).toMatchObject({
      ...{ status: 400, code: 'not-now' },
      message: expect.stringContaining('expired at 2026-11-02T01:00:00.000Z') as string,
    })
  })

  test('of the present month is what the customer portal is here, and leads back', async () => {
    const studio = await aStudio()
    await started(studio)
    await pass(studio, 2 * hourMs)
    const portal = (returnUrl: string) =>
      studio.official.billingV1.initStripeCustomerPortalUrl({ returnUrl })
    const address = await portal('https://studio.example/a?b=<c>&d="e"')
    const text = await (await fetch(address)).text()
    expect(text).toContain('Usage in November 2026')
    expect(text).toContain('href="https://studio.example/a?b=&lt;c&gt;&amp;d=&quot;e&quot;"')
    expect(text).toContain('Back to studio.example')
    expect(text).toContain('No prices are set')
    for (const returnUrl of [
      'javascript:alert(1)',
      '//studio.example',
      'nowhere',
      'ftp://a.example',
    ])
      await expect(portal(returnUrl)).rejects.toMatchObject({
        ...{ name: 'ApiError', statusCode: 422 },
        message: `body.returnUrl must be an http or https address, such as https://studio.example/; got "${returnUrl}"`,
      })
  })

  test('shows a deleted application under its name, and no invoice before its month is over', async () => {
    const studio = await aStudio()
    await started(studio)
    await pass(studio, 0.5 * hourMs)
    await studio.client.appsV2.deleteApp(studio.appId)
    await studio.server.settled()
    await studio.client.appsV2.createApp(anAppConfig('arena'))
    const address = await studio.official.billingV1.initStripeCustomerPortalUrl({
      returnUrl: 'http://127.0.0.1/',
    })
    const text = await (await fetch(address)).text()
    expect(text).toContain(studio.appId)
    expect(text).not.toContain('inv-')
    const { applications } = await studio.client.hatchery.getUsage()
    expect(applications).toMatchObject([{ appName: 'arena', vcpuHours: 0.5 }])
  })
})

test('what a month cost stays as it was when the prices change', async () => {
  const clock = createManualClock(start)
  const place = createFakePlace()
  const driver = () => createFakeDriver({ clock, place })
  const first = await startHatchery({ clock, driver, flags: ['--usage-price-per-vcpu-hour=1'] })
  const { appId } = await deployedApp(first.client, { deployment: { requestedCPU: 1 } })
  await first.client.processesV3.createProcess('Seattle', appId)
  await first.server.settled()
  clock.pass(2 * hourMs)
  await first.server.close()
  const flags = ['--usage-price-per-vcpu-hour=3']
  const { client } = await startHatchery({ clock, driver, flags, data: first.data })
  expect((await client.hatchery.getUsage('2026-10')).total.amount).toBe(1)
  expect((await client.hatchery.getUsage('2026-11')).total.amount).toBe(3)
  expect((await client.hatchery.getUsage('2026-09')).total).toMatchObject({ amount: 0 })
})

test('a month that is none is refused', async () => {
  const { url, token } = await aStudio()
  for (const month of ['2026-13', '2026', '0001-01', 'now']) {
    const answer = await fetch(`${url}/hatchery/v1/usage?month=${month}`, {
      headers: { authorization: token },
    })
    expect(await refusalIn(answer)).toMatchObject({ status: 422, code: 'invalid' })
  }
})

test('egress is counted as it is measured, and once over a new start', async () => {
  const studio = await aStudio('--metrics-sample-seconds=5')
  await started(studio)
  // A fake process sends 1,000 bytes a second.
  const counted = async (client: Hatchery) =>
    (await client.hatchery.getUsage('2026-10')).total.egressGb * 1_073_741_824
  const until = (client: Hatchery, seconds: number) =>
    eventually(`${seconds} s are counted`, async () => {
      const bytes = await counted(client)
      return Math.abs(bytes - seconds * 1_000) < 600 && bytes // a gigabyte has six digits
    })
  for (let round = 1; round <= 3; round += 1) {
    studio.clock.pass(5_000)
    await until(studio.client, round * 5)
  }
  const again = await studio.restart()
  studio.clock.pass(5_000)
  await until(again.client, 20)
})
