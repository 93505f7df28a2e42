/** An image in a container registry, as a caller names it. Pure. */
import { HatcheryError, type RegistryConfig } from '@hatchery/contract'

export interface RegistryImage {
  /** With its port where it has one: `registry.example.com:5000`. */
  readonly host: string
  /** Without the host: `studio/game`. */
  readonly repository: string
  /** `1.4`, or `sha256:…`. */
  readonly reference: string
  /** Only for the pull: never stored, never shown. */
  readonly credentials: RegistryCredentials | undefined
}

export type RegistryCredentials =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string }

/** Where images without a host come from, and how the engine calls it. */
export const publicRegistry = 'docker.io'

const hostPattern =
  /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i
const repositoryPattern =
  /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/
const tagPattern = /^\w[\w.-]{0,127}$/
const digestPattern = /^sha256:[0-9a-f]{64}$/

/** Throws `invalid`, with the field and what is allowed, never with credentials. */
export function readRegistryImage({ image, registryUrl, auth }: RegistryConfig): RegistryImage {
  const { host, path } = placeOf(image, registryUrl)
  const { name, reference } = partsOf(path)
  if (!repositoryPattern.test(name) || !isReference(reference)) {
    throw wrong('image', image, 'NAME, NAME:TAG or NAME@sha256:DIGEST, in small letters')
  }
  const isShort = host === publicRegistry && !name.includes('/')
  const repository = isShort ? `library/${name}` : name
  const credentials = auth === undefined || auth === '' ? undefined : readCredentials(auth)
  return { host, repository, reference, credentials }
}

/** How it is named among all registries, without its tag. */
export const fullName = ({ host, repository }: RegistryImage): string => `${host}/${repository}`

/** The host stands in `registryUrl`, or before the first slash of the image as Docker has it. */
function placeOf(image: string, registryUrl: string | undefined): { host: string; path: string } {
  if (registryUrl !== undefined && registryUrl !== '') {
    const host = hostIn(registryUrl)
    return { host, path: image.startsWith(`${host}/`) ? image.slice(host.length + 1) : image }
  }
  const slash = image.indexOf('/')
  const first = image.slice(0, Math.max(slash, 0))
  if (!/[.:]/.test(first) && first !== 'localhost') return { host: publicRegistry, path: image }
  if (!hostPattern.test(first)) throw wrong('image', image, 'HOST/NAME:TAG')
  return { host: canonical(first), path: image.slice(slash + 1) }
}

function hostIn(registryUrl: string): string {
  const host = registryUrl.replace(/^https?:\/\//i, '').replace(/\/(?:v[12]\/?)?$/, '')
  if (hostPattern.test(host)) return canonical(host)
  throw wrong('registryUrl', registryUrl, 'a host, as registry.example.com or 10.0.0.5:5000')
}

/** Docker's own registry has several names. */
const canonical = (host: string): string =>
  /^(?:index\.|registry-1\.)?docker\.io$/i.test(host) ? publicRegistry : host.toLowerCase()

/** What stands before and behind the tag or the digest; a digest wins over a tag beside it. */
function partsOf(path: string): { name: string; reference: string } {
  const [tagged = '', digest] = path.split('@', 2)
  const colon = tagged.indexOf(':')
  const name = colon < 0 ? tagged : tagged.slice(0, colon)
  const tag = colon < 0 ? 'latest' : tagged.slice(colon + 1)
  return { name, reference: digest ?? tag }
}

export const isDigest = (reference: string): boolean => digestPattern.test(reference)

const isReference = (text: string): boolean => isDigest(text) || tagPattern.test(text)

/** Base64 of `user:password`, which Docker keeps as `auth`, or of the JSON that its API takes. */
function readCredentials(auth: string): RegistryCredentials {
  const text = Buffer.from(auth, 'base64').toString('utf8')
  const found = text.startsWith('{') ? inJson(text) : inPair(text)
  if (found !== undefined) return found
  throw new HatcheryError(
    'invalid',
    'body.auth must be the base64 of USER:PASSWORD, or of {"username":…,"password":…} or {"identitytoken":…}; its value is not shown',
  )
}

function inPair(text: string): RegistryCredentials | undefined {
  const colon = text.indexOf(':')
  if (colon <= 0) return undefined
  const [username, password] = [text.slice(0, colon), text.slice(colon + 1)]
  return { kind: 'password', username, password }
}

function inJson(text: string): RegistryCredentials | undefined {
  try {
    const said = JSON.parse(text) as Record<string, unknown>
    const { username, password, identitytoken } = said
    if (typeof identitytoken === 'string') return { kind: 'token', token: identitytoken }
    if (typeof username !== 'string' || typeof password !== 'string') return undefined
    return { kind: 'password', username, password }
  } catch {
    return undefined
  }
}

const wrong = (field: string, value: string, allowed: string): HatcheryError =>
  new HatcheryError('invalid', `body.${field} must be ${allowed}; got ${JSON.stringify(value)}`)
