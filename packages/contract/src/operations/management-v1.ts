/** ManagementV1: mail to people. */
import { operation } from '../operation.ts'
import { VerificationEmailRequest, VerificationEmailSuccess } from '../schemas/organization.ts'

export const managementV1 = {
  SendVerificationEmail: operation({
    id: 'SendVerificationEmail',
    tag: 'ManagementV1',
    method: 'post',
    path: '/management/v1/sendverificationemail',
    summary: 'Ask for a link by mail',
    description:
      'Mails a new personal link for each organization in which the address is a member or invited. The answer is the same ' +
      'for everybody, and when mail is not set up: nobody learns from it who is known here.',
    access: 'public',
    params: {},
    query: {},
    body: { json: VerificationEmailRequest },
    answer: { status: 200, json: VerificationEmailSuccess, description: 'Always `success`.' },
    errors: [401, 408, 429, 500],
  }),
} as const
