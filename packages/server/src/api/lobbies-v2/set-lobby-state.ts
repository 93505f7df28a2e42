import type { Handler } from '../context.ts'
import { getRoomToChange } from '../find.ts'
import { jsonText } from '../json-text.ts'
import { lobbyRecord } from './lobby-record.ts'

const mostStateBytes = 1_000_000

/** Also of one that is over: how it ended may be told then. */
export const setLobbyState: Handler<'SetLobbyState'> = async ({ params, body }, context) => {
  const { appId, roomId } = params
  await getRoomToChange(context, appId, roomId)
  const state = jsonText('body.state', body.state, mostStateBytes)
  return lobbyRecord(await context.services.store.setLobbyState(appId, roomId, state))
}
