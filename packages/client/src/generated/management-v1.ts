// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import type { VerificationEmailRequest, VerificationEmailSuccess } from './types.ts'

/** Mail to people. */
export class ManagementV1 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * Ask for a link by mail.
   *
   * Mails a new personal link for each organization in which the address is a member or invited.
   * The answer is the same for everybody, and when mail is not set up: nobody learns from it who is
   * known here.
   *
   * @throws {ApiError} with status 401, 408, 429, 500.
   */
  async sendVerificationEmail(
    verificationEmailRequest: VerificationEmailRequest,
    options?: RequestOptions,
  ): Promise<VerificationEmailSuccess> {
    return this.#sender.json(
      {
        operation: 'SendVerificationEmail',
        method: 'POST',
        path: '/management/v1/sendverificationemail',
        body: verificationEmailRequest,
        creates: true,
        public: true,
      },
      options,
    )
  }
}
