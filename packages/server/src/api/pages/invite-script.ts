/**
 * What the page of an invite does in a browser. Texts get in as text, never as HTML. The token is taken out of the address
 * at once, so that neither the history nor a picture of the window has it.
 */
export const inviteScript = String.raw`'use strict'
const main = document.getElementById('main')
const token = decodeURIComponent(location.hash.slice(1))
history.replaceState(null, '', location.pathname)
const base = location.origin + location.pathname.replace(/\/invite\/?$/, '')

const roles = {
  admin: 'You may do everything there.',
  member: 'You may do all there but manage tokens, people and billing.',
  viewer: 'You may look at things there and change none.',
}

function make(name, fields, ...children) {
  const element = Object.assign(document.createElement(name), fields)
  element.append(...children)
  return element
}

function show(...cards) {
  main.replaceChildren(...cards)
  main.querySelector('h1').focus()
}

const card = (title, ...children) =>
  make('section', {}, make('h1', { tabIndex: -1, textContent: title }), ...children)
const text = (words, className = '') => make('p', { className, textContent: words })

async function call(method, path) {
  const answer = await fetch(base + path, { method, headers: { authorization: 'Bearer ' + token } })
  if (answer.status === 204) return undefined
  const body = await answer.json()
  if (answer.ok) return body
  throw Object.assign(new Error(body.message), { status: answer.status })
}

function showFailure(error) {
  const isVoid = error.status === 401
  show(card(
    isVoid ? 'This link is not good any more' : 'That did not work',
    text(error.message + '.', 'bad'),
    text(isVoid ? 'Ask whoever invited you for a new one.' : 'Open the link again to try once more.', 'quiet'),
  ))
}

const roleOf = (scopes) => (typeof scopes === 'string' ? scopes : undefined)

function inviteCard(invite, me) {
  const name = invite.orgId === me.orgId ? me.orgName : 'organization ' + invite.orgId
  const role = roleOf(invite.scopes)
  const by = invite.invitedBy.includes('@') ? ' by ' + invite.invitedBy : ''
  const answers = [
    make('button', { className: 'main', textContent: 'Accept' }),
    make('button', { textContent: 'Reject' }),
  ]
  const answer = async (how) => {
    for (const button of answers) button.disabled = true
    try {
      await call('POST', '/orgs/v1/' + encodeURIComponent(invite.orgId) + '/invites/' + how)
      if (how === 'reject') showRejected(name)
      else await showAll()
    } catch (error) {
      showFailure(error)
    }
  }
  answers[0].onclick = () => answer('accept')
  answers[1].onclick = () => answer('reject')
  return card(
    'Join ' + name + '?',
    text(invite.userEmail + ' is invited' + by + (role ? ' as ' + role : '') + '.'),
    text(role ? roles[role] : 'You may do this there: ' + invite.scopes.join(', ') + '.', 'quiet'),
    make('div', { className: 'row' }, ...answers),
  )
}

function copied(field, value) {
  const button = make('button', { textContent: 'Copy' })
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(value)
      button.textContent = 'Copied'
    } catch {
      // Browsers let only pages from a secure address write there.
      if (field.select) {
        field.type = 'text'
        field.select()
      } else getSelection().selectAllChildren(field)
      button.textContent = 'Selected'
    }
  }
  return button
}

function command(line) {
  const code = make('code', { textContent: line, tabIndex: 0 })
  return make('div', { className: 'field' }, code, copied(code, line))
}

function tokenField() {
  const input = make('input', { type: 'password', readOnly: true, value: token, autocomplete: 'off' })
  input.setAttribute('aria-label', 'Your token')
  const button = make('button', { textContent: 'Show' })
  button.onclick = () => {
    input.type = input.type === 'password' ? 'text' : 'password'
    button.textContent = input.type === 'password' ? 'Show' : 'Hide'
  }
  return make('div', { className: 'field' }, input, button, copied(input, token))
}

function memberCard(me) {
  return card(
    'You are in ' + me.orgName,
    text('As ' + me.userEmail + '. ' + (me.scopes === 'admin' ? roles.admin : '')),
    make('h2', { textContent: 'Your token' }),
    text('Whoever has it can act for you. Keep it, or keep the link: this page shows it once.', 'quiet'),
    tokenField(),
    make('h2', { textContent: 'On the command line' }),
    text('The first asks for the token, the second shows who you are.', 'quiet'),
    command('hatchery login --url ' + base),
    command('hatchery whoami'),
  )
}

const showRejected = (name) =>
  show(card('You did not join ' + name, text('The invite is gone, and so is its link. You can close this page.')))

async function showAll() {
  const me = await call('GET', '/hatchery/v1/whoami')
  const { invites } = await call('GET', '/orgs/v1/user/invites/pending')
  const isMember = !invites.some((invite) => invite.orgId === me.orgId)
  document.title = me.orgName + ' - Hatchery'
  show(...(isMember ? [memberCard(me)] : []), ...invites.map((invite) => inviteCard(invite, me)))
}

// The next link in the same window changes nothing but what is behind #.
addEventListener('hashchange', () => location.reload())

if (token === '') show(card('This address is not whole', text('Open the link as you got it, with all that is behind #.')))
else showAll().catch(showFailure)
`
