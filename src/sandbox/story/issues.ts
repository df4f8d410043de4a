/** `fixed` and `declined` are closed after an answer; `ignored`: nobody ever answers. */
type IssueFate = 'fixed' | 'declined' | 'talked' | 'ignored'

/** One line of the story. Days count from the first Monday, which is 0. */
export type IssuePlot = [
  by: string,
  day: number,
  fate: IssueFate,
  title: string,
  more?: { thread?: string; body?: string },
]

export const issues: readonly IssuePlot[] = [
  [
    'mara-lindqvist',
    0,
    'talked',
    'Roadmap to 1.0',
    {
      thread: 'roadmap',
      body: '- [x] Load a checkpoint in a second\n- [ ] Long prompts\n- [ ] Kernels for every card that somebody looks after\n\nSay here what is missing.',
    },
  ],
  ['felix-asks', 1, 'fixed', 'Install fails behind a proxy'],
  ['oskar-gpu-poor', 2, 'talked', 'Can this run in 8 GB?'],
  ['bram-compiles', 4, 'declined', 'Please support Python 3.8'],
  [
    'hana-tokenizes',
    8,
    'fixed',
    'Tokenizer drops the last byte',
    {
      thread: 'last-byte',
      body: 'Cut a text in the middle of an emoji, and the last byte is gone:\n\n```python\ntokenizer.decode(tokenizer.encode("ok 👩‍🚀"[:-1]))\n```',
    },
  ],
  ['greta-at-example-chips', 9, 'talked', 'How do we test on hardware that you do not have?'],
  ['juno-learns-ml', 11, 'fixed', 'The quick start needs one more import'],
  ['sofia-tensors', 13, 'fixed', 'Vocabulary is read twice'],
  ['felix-asks', 15, 'fixed', '0.8: wheel is missing for Linux on ARM'],
  ['nils-benchmarks', 17, 'talked', 'Slower than 0.7 on long prompts'],
  ['thea-and-the-gpu', 18, 'fixed', 'Out of memory after 200 requests'],
  ['tomasz-k', 20, 'talked', 'Nightly tests on real cards'],
  ['quinn-likes-small-models', 22, 'ignored', '@everyone: a 1B model, please'],
  ['diego-on-arm', 24, 'fixed', 'ARM kernels are not found after install'],
  ['rosa-debugs', 25, 'fixed', 'Empty prompt crashes the server', { thread: 'empty-prompt' }],
  ['samir-trains', 27, 'talked', 'Loss spikes with bf16 adapters'],
  ['marek-from-brno', 29, 'fixed', 'Stop words are ignored when streaming'],
  ['vera-self-hosts', 31, 'declined', 'A button to delete all models'],
  ['lena-quantizes', 32, 'talked', 'What error is acceptable for 3 bits?'],
  ['pablo-after-dark', 34, 'fixed', 'Temperature 0 is not deterministic'],
  ['dilan-reads', 33, 'talked', 'Where did beam search go?'],
  ['gia-ships', 38, 'fixed', 'Container image is 9 GB'],
  ['priya-dot-product', 40, 'fixed', 'Error message names no tensor'],
  ['felix-asks', 43, 'fixed', '0.9: import fails on Windows', { thread: 'windows' }],
  ['nils-benchmarks', 43, 'fixed', '0.9 is twice as fast here, thank you', { thread: 'thanks' }],
  ['samir-trains', 44, 'fixed', 'Adapters from 0.8 do not load'],
  ['yara-prompts', 44, 'talked', 'Chat template of the base model?'],
  ['levi-writes-rust', 45, 'talked', 'Bindings for Rust'],
  ['edda-at-home', 46, 'fixed', 'Fans spin while idle'],
  ['wei-on-a-cluster', 47, 'ignored', '长文本推理时显存占用过高'],
  ['olu-on-metal', 49, 'talked', 'Which Metal version is the oldest?'],
  ['cato-in-the-lab', 51, 'fixed', 'Docs: the table of models is cut off on a phone'],
  ['kwame-reads-docs', 53, 'fixed', 'The guide and the README disagree'],
  ['kit-on-holiday', 58, 'fixed', 'Two stops at once hang the server'],
  ['wren-reads-logs', 64, 'fixed', 'Refused requests leave no trace'],
  ['aiko-writes-kernels', 65, 'talked', 'Kernels that need an owner'],
  ['maya-tinkers', 66, 'fixed', '0.9.1: changelog link is dead'],
  ['dilan-reads', 68, 'talked', 'Explain paged attention in the docs'],
  ['mateo-asks-first', 70, 'talked', 'May I try stop words that span tokens?'],
  ['wim-on-a-laptop', 72, 'fixed', 'Battery drains while the server sleeps'],
  ['oona-benchmarks', 73, 'talked', 'Numbers for batch size 1'],
  ['chen-measures', 75, 'talked', 'What do you measure energy with?'],
  ['ilse-prompts', 77, 'fixed', 'System prompt is sent twice'],
  ['aroha-translates', 78, 'fixed', 'Macrons are split into two tokens', { thread: 'macrons' }],
  ['zeno-compiles', 79, 'ignored', 'Build fails with musl and LTO'],
  ['rosa-debugs', 81, 'ignored', 'Wrong line number in a traceback'],
  ['umar-learns-ml', 82, 'talked', 'Where should a beginner start?'],
]

export interface DiscussionPlot {
  by: string
  day: number
  title: string
  answeredBy: string
  says: string
}

export const discussions: readonly DiscussionPlot[] = [
  {
    by: 'samir-trains',
    day: 5,
    title: 'How do I fine-tune on one card?',
    answeredBy: 'amara-finetunes',
    says: 'Rank 8, batches of one, and gradients accumulated over 16 steps work for me.',
  },
  {
    by: 'wim-on-a-laptop',
    day: 23,
    title: 'Which quantisation for 16 GB?',
    answeredBy: 'lena-quantizes',
    says: 'Four bits with groups of 64. Three bits will come, and will be worse.',
  },
  {
    by: 'yara-prompts',
    day: 45,
    title: 'What changed in the chat template?',
    answeredBy: 'mara-lindqvist',
    says: 'Only the separator. The notes for 0.9 show both.',
  },
  {
    by: 'gia-ships',
    day: 67,
    title: 'Several models in one server?',
    answeredBy: 'tomasz-k',
    says: 'One process a model for now. The queue is fair between them.',
  },
]
