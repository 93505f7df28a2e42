import { emailAddress } from '../../domain/person.ts'
import type { Handler } from '../context.ts'
import { mailLinks } from '../mail-links.ts'

/** Whether anybody is known under the address shows neither in the answer nor in the time that it takes. */
export const sendVerificationEmail: Handler<'SendVerificationEmail'> = async (
  { body },
  { services, ip },
) => {
  services.mailLimits.countRequest(ip)
  const userEmail = emailAddress(body.userId)
  if (userEmail !== undefined) mailLinks(services, userEmail)
  return 'success'
}
