/**
 * Where the link of a person leads: who invites to what, yes or no, and then the token and what to type. The token stands
 * behind # in the address, so that it is never sent but to the API.
 */
import { hash } from 'node:crypto'
import { inviteScript } from './invite-script.ts'
import { inviteStyle } from './invite-style.ts'

export const invitePage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Hatchery</title><style>${inviteStyle}</style></head><body>
<header><svg viewBox="0 0 24 30" aria-hidden="true"><path d="M12 1C6 1 1 11 1 18a11 11 0 0 0 22 0C23 11 18 1 12 1Z"/></svg>Hatchery</header>
<main id="main" aria-live="polite"><noscript>This page needs JavaScript.</noscript></main>
<script>${inviteScript}</script></body></html>`

/** The page may do nothing but run its own script and call this API, and nobody may frame it or keep it. */
export const invitePageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src 'sha256-${hash('sha256', inviteScript, 'base64')}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const
