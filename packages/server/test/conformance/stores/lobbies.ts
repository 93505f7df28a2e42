import { expect, test } from 'vitest'
import type { NewLobby } from '../../../src/domain/store.ts'
import { end, hourMs, refusal, t0 } from './records.ts'
import { aPlace, aRequest } from './rooms.ts'
import type { Subject } from './store-conformance.ts'

const aLobby = (given: Partial<NewLobby> = {}): NewLobby => ({
  roomId: 'room-1',
  isChosen: true,
  region: 'Seattle',
  roomConfig: null,
  roomAllocationId: `stay-${given.roomId ?? 'room-1'}`,
  visibility: 'public',
  shortCodes: ['LFG4'],
  isCodeChosen: false,
  createdBy: 'player-1',
  mostPerHour: 100,
  ...given,
})

export function lobbiesConform(subject: () => Subject): void {
  const create = (given: Partial<NewLobby> = {}) =>
    subject().store.createLobby(aLobby(given), aRequest(), [aPlace()])

  const list = async (given: { visibility?: 'private'; region?: string; limit?: number } = {}) =>
    (
      await subject().store.listLobbies({
        ...{ appId: 'app-1', visibility: 'public', region: null, limit: 100 },
        ...given,
      })
    ).map(({ room }) => room.roomId)

  test('a lobby is found by its room and by its code, as it was answered, also after a restart', async () => {
    const { lobby, room, process, kind } = await create({ roomConfig: 'a' })
    expect(kind).toBe('started')
    expect(lobby).toEqual({
      ...{ room, visibility: 'public', region: 'Seattle', shortCode: 'LFG4' },
      ...{ createdBy: 'player-1', state: null },
    })
    const store = await subject().reopen()
    expect(await store.findLobby('app-1', 'room-1')).toEqual(lobby)
    expect(await store.findLobbyByCode('app-1', 'LFG4')).toEqual(lobby)
    expect(await store.findRoom('app-1', 'room-1')).toMatchObject({ room, process })
    expect(await store.findLobby('app-2', 'room-1')).toBeUndefined()
    expect(await store.findLobbyByCode('app-2', 'LFG4')).toBeUndefined()
    expect(await store.findLobby('app-1', 'room-2')).toBeUndefined()
    expect(await store.findLobbyByCode('app-1', 'lfg4')).toBeUndefined()
  })

  test('a room that is no lobby is found by no lobby’s name', async () => {
    const { store } = subject()
    await store.createRoom(aLobby(), aRequest(), [aPlace()])
    expect(await store.findLobby('app-1', 'room-1')).toBeUndefined()
    expect(await list()).toEqual([])
    expect(await refusal(create())).toMatchObject({
      code: 'taken',
      message: 'room room-1 exists already and is no lobby: choose another id',
    })
  })

  test('the newest of a code is found, over or not, and a code that is made is no living one’s', async () => {
    const { store } = subject()
    await create({ roomId: 'a' })
    await create({ roomId: 'b', shortCodes: ['LFG4'], isCodeChosen: true })
    expect((await store.findLobbyByCode('app-1', 'LFG4'))?.room.roomId).toBe('b')
    expect((await create({ roomId: 'c', shortCodes: ['LFG4', 'XYZW'] })).lobby.shortCode).toBe(
      'XYZW',
    )
    expect((await create({ roomId: 'd', shortCodes: ['LFG4', 'XYZW'] })).lobby.shortCode).toBe(
      'XYZW',
    )
    for (const roomId of ['a', 'b']) await release(roomId)
    expect((await store.findLobbyByCode('app-1', 'LFG4'))?.room).toMatchObject({
      ...{ roomId: 'b', status: 'destroyed' },
    })
    expect((await create({ roomId: 'e', shortCodes: ['LFG4', 'XYZW'] })).lobby.shortCode).toBe(
      'LFG4',
    )
  })

  const release = (roomId: string, to: 'destroyed' | 'suspended' = 'destroyed') =>
    subject().store.releaseRoom({ appId: 'app-1', roomId, to, at: t0 + 9, onlyOn: null })

  test('those of active rooms are listed, newest first, by visibility and region, up to a limit', async () => {
    for (const roomId of ['a', 'b', 'c', 'd']) await create({ roomId })
    await create({ roomId: 'hidden', visibility: 'private' })
    await subject().store.createLobby(aLobby({ roomId: 'far', region: 'Tokyo' }), aRequest(), [
      aPlace({ region: 'Tokyo' }),
    ])
    expect(await list()).toEqual(['far', 'd', 'c', 'b', 'a'])
    expect(await list({ limit: 2 })).toEqual(['far', 'd'])
    expect(await list({ region: 'Tokyo' })).toEqual(['far'])
    expect(await list({ visibility: 'private' })).toEqual(['hidden'])
    await release('d')
    await release('b', 'suspended')
    expect(await list({ region: 'Seattle' })).toEqual(['c', 'a'])
  })

  test('what is listed is what is, after every change', async () => {
    const { store } = subject()
    const { process } = await create({ roomConfig: 'a' })
    await list()
    await store.changeRoomConfig('app-1', 'room-1', 'b')
    const query = { appId: 'app-1', visibility: 'public', region: null, limit: 100 } as const
    expect((await store.listLobbies(query))[0]?.room.roomConfig).toBe('b')
    await create({ roomId: 'room-2' })
    expect(await list()).toEqual(['room-2', 'room-1'])
    await end(store, process.processId)
    expect(await list()).toEqual([])
  })

  test('a state replaces the one before, also when the room is over, and is told', async () => {
    const { store } = subject()
    const { lobby } = await create()
    expect(await store.setLobbyState('app-1', 'room-1', '"a"')).toEqual({ ...lobby, state: '"a"' })
    await list()
    const { newest } = (await store.findEventRange()) ?? { newest: 0 }
    await store.setLobbyState('app-1', 'room-1', '{}')
    expect(await store.listEvents(newest, 9)).toMatchObject([{ kind: 'room', subject: 'room-1' }])
    const query = { appId: 'app-1', visibility: 'public', region: null, limit: 9 } as const
    expect(await store.listLobbies(query)).toMatchObject([{ state: '{}' }])
    await release('room-1')
    await store.setLobbyState('app-1', 'room-1', '1')
    expect((await store.findLobby('app-1', 'room-1'))?.state).toBe('1')
    await store.createRoom(aLobby({ roomId: 'plain' }), aRequest(), [aPlace()])
    for (const roomId of ['plain', 'none'])
      expect(await refusal(store.setLobbyState('app-1', roomId, '1'))).toEqual({
        ...{ code: 'not-found', message: `room ${roomId} is no lobby` },
      })
  })

  test('no more are listed than have 8 MB together', async () => {
    const roomConfig = 'é'.repeat(1_500_000)
    for (const roomId of ['a', 'b', 'c', 'd']) await create({ roomId, roomConfig })
    expect(await list()).toEqual(['d', 'c'])
  })

  test('a suspended one that is resumed elsewhere is listed there', async () => {
    const { store } = subject()
    await create()
    await release('room-1', 'suspended')
    await store.resumeRoom({ roomId: 'room-1', roomAllocationId: 'again' }, aRequest(), [
      aPlace({ region: 'Tokyo' }),
    ])
    expect(await list({ region: 'Tokyo' })).toEqual(['room-1'])
  })

  test('a player is refused beyond the most in an hour, a repetition never', async () => {
    const { store, clock } = subject()
    const mostPerHour = 2
    await create({ roomId: 'a', mostPerHour })
    clock.at = t0 + 60_000
    await create({ roomId: 'b', mostPerHour })
    expect(await refusal(create({ roomId: 'c', mostPerHour }))).toEqual({
      code: 'rate-limited',
      message: 'a player may make 2 lobbies in an hour, and player player-1 did: wait 3540 s',
    })
    expect(await store.findRoom('app-1', 'c')).toBeUndefined()
    expect((await create({ roomId: 'a', mostPerHour })).kind).toBe('found')
    await create({ roomId: 'd', mostPerHour, createdBy: 'player-2' })
    clock.at = t0 + hourMs
    await create({ roomId: 'e', mostPerHour })
    expect(await refusal(create({ roomId: 'f', mostPerHour }))).toMatchObject({
      code: 'rate-limited',
    })
  })

  test('it is removed with its room', async () => {
    const { store } = subject()
    await create()
    await release('room-1')
    expect(await store.removeEndedRooms(t0 + hourMs, 10)).toBe(1)
    expect(await store.findLobby('app-1', 'room-1')).toBeUndefined()
    expect(await store.findLobbyByCode('app-1', 'LFG4')).toBeUndefined()
  })

  test('nothing is left of one that found no place', async () => {
    const { store } = subject()
    const nowhere = store.createLobby(aLobby(), aRequest(), [aPlace({ offers: [] })])
    expect(await refusal(nowhere)).toMatchObject({ code: 'no-capacity' })
    expect(await store.findLobbyByCode('app-1', 'LFG4')).toBeUndefined()
  })
}
