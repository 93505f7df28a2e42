/** Forms: how files are uploaded by the older versions of the API. */

/** A file in a form: a `Blob` or `File`, or what is in it with a name. */
export type FormFile =
  | Blob
  | {
      fileName: string
      /** A stream is read whole before anything is sent. */
      content: ReadableStream<Uint8Array> | Blob | ArrayBuffer | Uint8Array
    }

/** By name; undefined is left out. */
export type FormParts = Readonly<Record<string, FormFile | undefined>>

export async function formOf(parts: FormParts): Promise<FormData> {
  const form = new FormData()
  for (const [name, file] of Object.entries(parts)) {
    if (file === undefined) continue
    if (file instanceof Blob) form.append(name, file)
    else form.append(name, await contentOf(file.content), file.fileName)
  }
  return form
}

/** Bytes that may be shared between threads are not taken by `Response`: a copy of them is. */
const contentOf = (content: Exclude<FormFile, Blob>['content']): Promise<Blob> =>
  new Response(content instanceof Uint8Array ? new Uint8Array(content) : content).blob()
