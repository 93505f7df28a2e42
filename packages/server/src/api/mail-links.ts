/** Links by mail: only who reads the mail of the address gets the token. */
import type { Mail } from '../domain/mail.ts'
import type { Standing } from '../domain/person.ts'
import type { Services } from './context.ts'
import { linkTo, newPersonalToken, unusedDays } from './personal-token.ts'

/**
 * Mails the person a new link for each organization, or for one. All of it happens after this returned, so the time that it
 * takes tells nobody whether there is such a person.
 */
export function mailLinks(services: Services, userEmail: string, orgId?: string): void {
  const { mailer, mailLimits, store, log } = services
  mailer.send(async () => {
    const standings = await store.listStandings(userEmail)
    const wanted = standings.filter(({ person }) => orgId === undefined || person.orgId === orgId)
    if (wanted.length === 0) return []
    if (mailLimits.mayBeMailed(userEmail))
      return await Promise.all(wanted.map((standing) => mailTo(services, standing)))
    log.warn({ event: 'mail.limited', userEmail }, 'not mailed: the address had too much mail')
    return []
  })
}

async function mailTo(services: Services, standing: Standing): Promise<Mail> {
  const { orgId, userEmail, invitedBy } = standing.person
  const made = { orgId, userEmail, isMailed: true, by: invitedBy }
  const { secret } = await newPersonalToken(services, made)
  const organization = await services.store.findOrganization(orgId)
  const name = organization?.name ?? orgId
  const link = linkTo(services.mailBaseUrl, secret)
  return { to: userEmail, subject: subjectOf(standing, name), text: textOf(standing, name, link) }
}

const subjectOf = ({ kind }: Standing, name: string): string =>
  kind === 'invited' ? `Invitation to ${name}` : `Your link to ${name}`

function textOf({ kind, person }: Standing, name: string, link: string): string {
  const { invitedBy, scopes, userEmail } = person
  const role = typeof scopes === 'string' ? ` as ${scopes}` : ''
  const by = invitedBy.includes('@') ? ` by ${invitedBy}` : ''
  const what =
    kind === 'invited'
      ? `${userEmail} is invited${by} to the organization ${name}${role}. Accept or reject it here:`
      : `This is a link for ${userEmail}, who is in the organization ${name}${role}:`
  return `${what}

  ${link}

Whoever has the link can act for you: do not hand it on. It is void after ${unusedDays} days unless you use it before.
If you did not expect this mail, do nothing.
`
}
