/** `hatchery lobby …`. */
import type { Hatchery, LobbyV3 } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { isNotFound } from '../not-found.ts'
import type { Column } from '../output/columns.ts'

const columns: readonly Column<LobbyV3>[] = [
  { name: 'code', of: ({ shortCode }) => shortCode },
  { name: 'room', of: ({ roomId }) => roomId },
  { name: 'region', of: ({ region }) => region },
  { name: 'by', of: ({ createdBy }) => createdBy },
  { name: 'created', of: ({ createdAt }) => ({ age: createdAt }) },
  { name: 'config', of: ({ roomConfig }) => roomConfig },
]

export async function listLobbies(
  context: Context,
  { flags }: Input<{ region: string | undefined }>,
): Promise<void> {
  const client = await context.client()
  const appId = await context.appId()
  context.out.list(await client.lobbiesV3.listActivePublicLobbies(appId, flags.region), {
    columns,
    id: ({ roomId }) => roomId,
    empty: 'no public lobby; players make them, as hatchery app update --anonymous lets them',
  })
}

export async function getLobby(context: Context, { words: [word = ''] }: Input): Promise<void> {
  const lobby = await findLobby(await context.client(), await context.appId(), word)
  context.out.value(lobby, {
    id: lobby.roomId,
    rows: [
      ['code', lobby.shortCode],
      ['room', lobby.roomId],
      ['visibility', lobby.visibility],
      ['region', lobby.region],
      ['config', lobby.roomConfig],
      ['created', lobby.createdAt],
      ['by', lobby.createdBy],
    ],
  })
}

/** By its short code, as people tell it to each other, else by its room. */
async function findLobby(client: Hatchery, appId: string, word: string): Promise<LobbyV3> {
  try {
    return await client.lobbiesV3.getLobbyInfoByShortCode(word, appId)
  } catch (error) {
    if (!isNotFound(error)) throw error
    return await client.lobbiesV3.getLobbyInfoByRoomId(word, appId)
  }
}
