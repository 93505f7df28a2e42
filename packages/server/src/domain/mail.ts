/** Mail that the server sends. */

export interface Mail {
  /** One e-mail address. */
  readonly to: string
  readonly subject: string
  readonly text: string
}

export interface Mailer {
  /** Without an SMTP server nothing is ever sent. */
  readonly isConfigured: boolean
  /**
   * Sends what `compose` answers, one after the other, after this has returned. What fails is logged, without the text,
   * and not tried again.
   */
  send(compose: () => Promise<readonly Mail[]>): void
  /** Waits a few seconds for what is under way. */
  close(): Promise<void>
}
