/** Mail to people: links that only who reads the mail of the address gets. */
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { expect, test } from 'vitest'
import type { Log } from '../../src/domain/log.ts'
import { eventually } from '../support/eventually.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { anotherOrganization, clientWith, joined } from '../support/people.ts'
import { refusalIn } from '../support/refusal.ts'
import { type TestOptions, startHatchery } from '../support/start-hatchery.ts'

const ada = 'ada@games.example'
const flags = ['--mail-from=hatchery@games.example', '--public-url=https://games.example/base']

/** What the log has, a line each. */
function aLog(): { log: Log; lines: string[] } {
  const lines: string[] = []
  const note = (fields: object, message: string): void => {
    lines.push(JSON.stringify(fields) + message)
  }
  return { log: { info: note, warn: note, error: note }, lines }
}

async function withMail({ port }: MailServer, options: TestOptions = {}, login = '') {
  const { log, lines } = aLog()
  const hatchery = await startHatchery({
    ...{ log, env: { HATCHERY_MAIL_SMTP_URL: `smtp://${login}127.0.0.1:${port}` }, flags },
    ...options,
  })
  const { orgId } = await hatchery.client.hatchery.whoAmI()
  return { ...hatchery, orgId, lines }
}

const received = ({ received: mails }: MailServer, count: number) =>
  eventually(`${count} mails are there`, () => mails.length >= count && mails)

/** The tokens of the links in a mail. */
const tokensIn = (source: string): string[] =>
  [...source.matchAll(/https:\/\/games\.example\/base\/invite#(\w+)/g)].map(
    ([, token = '']) => token,
  )

test('an invite is mailed with a link, which joins; the log has the address and not the link', async () => {
  const mail = await startMailServer()
  const { client, url, orgId, lines } = await withMail(mail)
  await client.organizationsV1.inviteUser(orgId, { userEmail: ada, scopes: 'viewer' })
  const [sent] = await received(mail, 1)
  expect(sent).toMatchObject({ from: 'hatchery@games.example', to: [ada] })
  expect(sent?.source).toContain('Subject: Invitation to default')
  expect(sent?.source).toContain(`${ada} is invited to the organization default as viewer.`)
  const [token = ''] = tokensIn(sent?.source ?? '')
  const person = clientWith({ url }, token)
  await person.organizationsV1.acceptInvite(orgId)
  expect(await person.hatchery.whoAmI()).toMatchObject({ userEmail: ada })
  await eventually('it is logged', () => lines.some((line) => line.includes('mail.sent')))
  expect(lines.join()).not.toContain(token.slice(15))
})

test('with a mailed link a person sees and answers the invites to every organization', async () => {
  const mail = await startMailServer()
  const first = await withMail(mail)
  const second = await anotherOrganization(first)
  await first.client.organizationsV1.inviteUser(first.orgId, { userEmail: ada })
  const [sent] = await received(mail, 1)
  const person = clientWith(first, tokensIn(sent?.source ?? '')[0] ?? '')
  await second.client.organizationsV1.inviteUser(second.orgId, { userEmail: ada, scopes: 'viewer' })
  const { invites } = await person.organizationsV1.getUserPendingInvites()
  expect(invites.map(({ orgId }) => orgId)).toEqual([second.orgId, first.orgId])
  await person.organizationsV1.acceptInvite(second.orgId)
  await person.organizationsV1.rejectInvite(first.orgId)
  const { members } = await second.client.organizationsV1.getOrgMembers(second.orgId)
  expect(members).toMatchObject([{ userEmail: ada, scopes: 'viewer' }])
})

test('whoever asks is mailed a link to each organization, and the answer tells nobody who is known', async () => {
  const mail = await startMailServer()
  const first = await withMail(mail)
  const second = await anotherOrganization(first)
  await joined(first, ada, 'member')
  await joined(second, ada, 'viewer')
  await received(mail, 2)
  const { managementV1 } = new HathoraCloud({ serverURL: first.url })
  for (const userId of ['nobody@games.example', 'no address', ' ADA@games.example'])
    expect(await managementV1.sendVerificationEmail({ userId })).toBe('success')
  const mails = (await received(mail, 4)).slice(2)
  expect(mails.map(({ to }) => to)).toEqual([[ada], [ada]])
  const names = mails.map(({ source }) => /Subject: (.*)\r/.exec(source)?.[1])
  expect(names).toEqual(['Your link to default', 'Your link to Studio Two'])
  const tokens = mails.flatMap(({ source }) => tokensIn(source))
  const roles = await Promise.all(
    tokens.map(async (token) => (await clientWith(first, token).hatchery.whoAmI()).orgId),
  )
  expect(roles).toEqual([first.orgId, second.orgId])
})

test('an address of the network may ask so often a minute, and a person gets five mails at once', async () => {
  const mail = await startMailServer()
  const clock = createManualClock()
  const limits = '--rate-limits-failed-logins-per-minute=8'
  const { client, url, orgId, lines } = await withMail(mail, { clock, flags: [...flags, limits] })
  await client.organizationsV1.inviteUser(orgId, { userEmail: ada })
  const ask = (): Promise<Response> =>
    fetch(`${url}/management/v1/sendverificationemail`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId: ada }),
    })
  for (let n = 0; n < 8; n += 1) expect((await ask()).status).toBe(200)
  expect(await refusalIn(await ask())).toEqual({
    ...{ status: 429, code: 'rate-limited', retryAfter: '8' },
    message:
      '8 requests for mail a minute are allowed from 127.0.0.1, and there were more: wait 8 s, then ask again',
  })
  await eventually('the rest is not mailed', () => lines.filter(isLimited).length === 4)
  expect(await received(mail, 5)).toHaveLength(5)
  clock.pass(12 * 60_000)
  await ask()
  await received(mail, 6)
})

const isLimited = (line: string): boolean => line.includes('mail.limited')

test('mail that fails does not fail the invite, and the log has the reason without link and password', async () => {
  const mail = await startMailServer({
    authOptional: false,
    onAuth: (_auth, _session, done) => done(new Error('wrong password')),
  })
  const { client, orgId, lines } = await withMail(mail, {}, 'hatchery:s3cret%40word@')
  expect(await client.organizationsV1.inviteUser(orgId, { userEmail: ada })).toMatchObject({
    userEmail: ada,
  })
  const line = await eventually('it is logged', () =>
    lines.find((one) => one.includes('mail.failed')),
  )
  expect(line).toContain('"code":"EAUTH"')
  expect(lines.join()).not.toMatch(/s3cret|hathora_org_st_/)
  expect(await client.hatchery.createPersonalLink(orgId, { userEmail: ada })).toMatchObject({
    url: expect.stringMatching(/^https:\/\/games\.example\/base\/invite#hathora_org_st_/) as string,
  })
})

test('the user and the password of the address are sent, decoded', async () => {
  const seen: string[] = []
  const mail = await startMailServer({
    authOptional: false,
    onAuth({ username, password }, _session, done) {
      seen.push(`${username} ${password}`)
      done(null, { user: username })
    },
  })
  const { client, orgId } = await withMail(mail, {}, 'ha%3Atchery:s3cret%40word@')
  await client.organizationsV1.inviteUser(orgId, { userEmail: ada })
  await received(mail, 1)
  expect(seen).toEqual(['ha:tchery s3cret@word'])
})

test('mail to another machine goes over TLS or not at all, unless it is allowed', async () => {
  const mail = await startMailServer()
  // On Linux that is this machine by a name that does not look like it.
  const env = { HATCHERY_MAIL_SMTP_URL: `smtp://0.0.0.0:${mail.port}` }
  const { client, orgId, lines } = await withMail(mail, { env })
  await client.organizationsV1.inviteUser(orgId, { userEmail: ada })
  await eventually('it failed', () => lines.some((line) => line.includes('"code":"ETLS"')))
  expect(mail.received).toEqual([])
  const open = await withMail(mail, { env, flags: [...flags, '--no-mail-require-tls'] })
  await open.client.organizationsV1.inviteUser(open.orgId, { userEmail: ada })
  await received(mail, 1)
})

test('the server waits at its end for mail that is under way', async () => {
  const mail = await startMailServer()
  const { client, orgId, server } = await withMail(mail)
  await client.organizationsV1.inviteUser(orgId, { userEmail: ada })
  await server.close()
  expect(mail.received).toHaveLength(1)
})

test('without a mail server the answer is the same, and the log says what to set', async () => {
  const { log, lines } = aLog()
  const { url, client } = await startHatchery({ log })
  const { orgId } = await client.hatchery.whoAmI()
  await client.organizationsV1.inviteUser(orgId, { userEmail: ada })
  expect(lines.join()).not.toContain('mail.not-configured')
  const { managementV1 } = new HathoraCloud({ serverURL: url })
  expect(await managementV1.sendVerificationEmail({ userId: ada })).toBe('success')
  // Later than the answer, which must not tell who is known.
  await eventually('it is logged', () =>
    lines.join().includes('no mail is sent: set mail.smtpUrl, mail.from and publicUrl'),
  )
})
