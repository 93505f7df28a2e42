/** A server's work to be killed in the middle of: `uploads FOLDER` sends parts for ever, `archives FOLDER` sends whole archives, `builds FOLDER ARCHIVE` builds. */
import { createLocalBuilder } from '../../src/drivers/local/builder/index.ts'
import { createUploadStore } from '../../src/stores/files/upload-store.ts'

const [, , work, folder = '', archive = ''] = process.argv

async function* chunks(seed: number): AsyncIterable<Uint8Array> {
  for (let part = 0; part < 10; part += 1) yield Buffer.alloc(10_000, seed)
}

async function sendParts(): Promise<void> {
  const uploads = createUploadStore({ folder, partBytes: 100_000, minFreeBytes: 0 })
  for (let seed = 0; ; seed += 1) {
    const sent = [1, 2, 3].map((partNumber) => {
      const offset = (partNumber - 1) * 100_000
      return uploads.writePart('bld-1', {
        partNumber,
        offset,
        lengthBytes: 100_000,
        bytes: chunks(seed % 256),
      })
    })
    await Promise.all(sent)
    process.send?.('sent')
  }
}

/** Each of its own content, for a build of its own. */
async function sendArchives(): Promise<void> {
  const uploads = createUploadStore({ folder, partBytes: 100_000, minFreeBytes: 0 })
  for (let seed = 0; ; seed += 1) {
    await uploads.receive(`bld-${process.pid}-${seed}`, {
      bytes: chunks(seed % 256),
      mostBytes: 100_000,
    })
    process.send?.('sent')
  }
}

async function buildForEver(): Promise<void> {
  const builder = createLocalBuilder({ buildsFolder: folder, asRoot: false })
  for (;;) {
    const { artifact } = await builder.build(archive, () => undefined, new AbortController().signal)
    process.send?.('built')
    await builder.removeArtifact(artifact.contentHash)
  }
}

const works: Readonly<Record<string, () => Promise<void>>> = {
  uploads: sendParts,
  archives: sendArchives,
  builds: buildForEver,
}

await works[work ?? '']?.()
