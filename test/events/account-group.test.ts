import { describe, expect, it } from 'vitest'
import { explainedGroupOf, type GroupOverrides, groupOf } from '../../src/events/account-group.ts'
import type { AccountType } from '../../src/events/fact.ts'

const nobody: GroupOverrides = { bots: [], ai: [], humans: [] }

describe('the group of an account', () => {
  it.each<[string, AccountType, string]>([
    ['mona', 'User', 'human'],
    ['talbot', 'User', 'human'],
    ['Abbot', 'User', 'human'],
    ['cabot', 'User', 'human'],
    ['bottom', 'User', 'human'],
    ['robota', 'User', 'human'],
    ['ninjarobot', 'User', 'human'],
    ['bot-lover', 'User', 'human'],
    ['luci', 'User', 'human'],
    ['chabot', 'User', 'human'],
    ['jtalbot', 'User', 'human'],
    ['m-abbot', 'User', 'human'],
    ['Barbot', 'User', 'human'],
    ['glimbot', 'User', 'human'],
    ['thibot', 'User', 'human'],
    ['claude-dupont', 'User', 'human'],
    ['cursor', 'User', 'human'],
    ['imported-a', 'Mannequin', 'human'],
    ['dependabot[bot]', 'Bot', 'bot'],
    ['anything', 'Bot', 'bot'],
    ['some-app[bot]', 'User', 'bot'],
    ['codecov-commenter', 'User', 'bot'],
    ['k8s-ci-robot', 'User', 'bot'],
    ['pytorchmergebot', 'User', 'bot'],
    ['Dependabot-Preview', 'User', 'bot'],
    ['coderabbitai[bot]', 'Bot', 'bot'],
    ['some-lab-bot', 'User', 'bot'],
    ['some_lab_bot', 'User', 'bot'],
    ['some-lab-ci', 'User', 'bot'],
    ['some-lab-bot-dev', 'User', 'bot'],
    ['SomeLabBot', 'User', 'bot'],
    ['versionbot', 'User', 'bot'],
    ['lab-automation', 'User', 'bot'],
    ['lab-jenkins', 'User', 'bot'],
    ['LabAutomation', 'User', 'bot'],
    ['Copilot', 'Bot', 'ai'],
    ['copilot-swe-agent[bot]', 'Bot', 'ai'],
    ['claude', 'User', 'ai'],
    ['claude[bot]', 'Bot', 'ai'],
    ['devin-ai-integration[bot]', 'Bot', 'ai'],
    ['google-labs-jules[bot]', 'Bot', 'ai'],
    ['cursoragent', 'User', 'ai'],
    ['chatgpt-codex-connector[bot]', 'Bot', 'ai'],
    ['gemini-code-assist[bot]', 'Bot', 'ai'],
  ])('%s (%s) is %s', (login, type, group) => {
    expect(groupOf({ login, type }, nobody)).toBe(group)
  })

  it('is what the configuration says, above all else, in any case', () => {
    const overrides = { bots: ['Mona'], ai: ['lab-writer'], humans: ['some-lab-bot', 'Copilot'] }
    expect(groupOf({ login: 'mona', type: 'User' }, overrides)).toBe('bot')
    expect(groupOf({ login: 'lab-writer[bot]', type: 'Bot' }, overrides)).toBe('ai')
    expect(groupOf({ login: 'some-lab-bot', type: 'User' }, overrides)).toBe('human')
    expect(groupOf({ login: 'copilot', type: 'Bot' }, overrides)).toBe('human')
  })
})

describe('what decided the group of an account', () => {
  it.each<[string, AccountType, Record<string, string>]>([
    ['mona', 'User', { by: 'nothing automatic' }],
    ['claude[bot]', 'Bot', { by: 'known agent', agent: 'claude' }],
    ['some-app[bot]', 'Bot', { by: 'bot mark' }],
    ['anything', 'Bot', { by: 'account type' }],
    ['codecov-io', 'User', { by: 'known bot' }],
    ['some_lab_bot', 'User', { by: 'name', part: '_bot' }],
    ['SomeLabBot', 'User', { by: 'name', part: 'Bot' }],
  ])('%s (%s)', (login, type, reason) => {
    expect(explainedGroupOf({ login, type }, nobody).reason).toEqual(reason)
  })

  it('is the configuration where it names the account', () => {
    const overrides = { ...nobody, humans: ['some-lab-bot'] }
    const explained = explainedGroupOf({ login: 'some-lab-bot', type: 'User' }, overrides)
    expect(explained).toEqual({ group: 'human', reason: { by: 'configuration' } })
  })
})
