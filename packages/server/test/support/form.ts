/** Forms as bytes, so that they can be wrong in any way, and as requests. */

export interface FormPart {
  /** The header lines; those of a part `name` unless given. */
  readonly head?: string
  readonly name?: string
  /** Makes it a file. */
  readonly fileName?: string
  readonly content?: string | Uint8Array
}

export const boundary = '----0123456789abcdef'

/** `end` is what stands behind the last part. */
export const formBytes = (
  parts: readonly FormPart[],
  end = `--${boundary}--\r\n`,
): Buffer<ArrayBuffer> => Buffer.concat([...parts.map(partBytes), Buffer.from(end)])

function partBytes({ name = 'file', fileName, content = '', head }: FormPart): Buffer<ArrayBuffer> {
  const file = fileName === undefined ? '' : `; filename="${fileName}"`
  const lines = head ?? `Content-Disposition: form-data; name="${name}"${file}`
  return Buffer.concat([
    Buffer.from(`--${boundary}\r\n${lines}\r\n\r\n`),
    Buffer.from(content as string),
    Buffer.from('\r\n'),
  ])
}

export const fileForm = (content: string | Uint8Array): Buffer<ArrayBuffer> =>
  formBytes([{ fileName: 'game.tgz', content }])

export const formType = `multipart/form-data; boundary=${boundary}`

/** Sends bytes as a form, in chunks where `body` is a stream. */
export const postForm = (
  url: string,
  body: BodyInit,
  { token, type = formType }: { token?: string; type?: string } = {},
): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: {
      'content-type': type,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body,
    duplex: 'half',
  } as RequestInit)
