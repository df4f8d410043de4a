import type { Signature } from '../entities.ts'
import { assistant } from './cast.ts'

/**
 * What becomes of a pull request. `stalled`: changes were asked for and never
 * came; `owed`: they came, and nobody looked again; `talked`: answered and still
 * open; `ignored`: nobody ever answers.
 */
type Fate = 'merged' | 'squashed' | 'closed' | 'stalled' | 'owed' | 'talked' | 'ignored'

/** One line of the story. Days count from the first Monday, which is 0. */
export type PullRequestPlot = [
  by: string,
  day: number,
  fate: Fate,
  file: string,
  title: string,
  more?: {
    /** only where somebody refers to it */
    thread?: string
    body?: string
    draftDays?: number
    coAuthors?: (string | Signature)[]
  },
]

const seedBody = `A run that is resumed starts with the seed of the checkpoint, not with a new one.

\`\`\`python
sampler.reseed(checkpoint.seed)
\`\`\`

This is my first pull request here. I hope the test is in the right place.`

const int4Body = `Perplexity falls a little:

| | before | after |
|--|--:|--:|
| text | 6.31 | 6.27 |
| code | 3.02 | 3.01 |`

const cardBody = `Seen with this card:

<img src=x onerror="alert(1)">

Escape it, please.`

const lastByteFix = {
  thread: 'last-byte-fix',
  body: 'Fixes #{#last-byte}. The loop stopped one byte early.',
}
const beam = { thread: 'beam', body: 'It was here until v0.5, and some of us miss it.' }
const aroha = {
  thread: 'aroha',
  body: 'Kia ora! I use the small model with my students, and they asked for this.',
}

/** Pull requests from outside. */
export const outsidePullRequests: readonly PullRequestPlot[] = [
  ['sofia-tensors', 0, 'merged', 'src/tokenizer/vocabulary.py', 'Read the vocabulary lazily'],
  [
    'noor-h',
    1,
    'merged',
    'src/sampler/seed.py',
    'Fix the sampler seed after a resume',
    { thread: 'seed', body: seedBody },
  ],
  ['jelle-on-trains', 3, 'merged', 'docs/i18n/nl.md', 'Add a Dutch quick start'],
  ['lena-quantizes', 7, 'merged', 'quant/int4.py', 'Round scales to even', { body: int4Body }],
  ['ravi-at-example-cloud', 8, 'merged', 'loader/stream.py', 'Stream weights from object storage'],
  ['diego-on-arm', 10, 'merged', 'kernels/arm/dot.c', 'NEON dot product', { draftDays: 5 }],
  ['hana-tokenizes', 11, 'merged', 'src/tokenizer/bytes.py', 'Keep the last byte', lastByteFix],
  ['bao-kernels', 14, 'merged', 'kernels/cuda/attention.cu', 'Fuse RoPE into the attention kernel'],
  ['greta-at-example-chips', 15, 'closed', '.github/workflows/ci.yml', 'Build on our accelerator'],
  ['noor-h', 17, 'merged', 'tests/test_sampler.py', 'Test that a seed survives a resume'],
  ['oskar-gpu-poor', 18, 'stalled', 'src/kv_cache/offload.py', 'Offload the KV cache to disk'],
  ['ines-translates', 19, 'merged', 'docs/i18n/pt.md', 'Portuguese quick start'],
  ['kwame-reads-docs', 21, 'squashed', 'docs/faq.md', 'Fix three dead links'],
  ['max-loud', 22, 'closed', 'loader/mmap.py', '@everyone look: 40 % faster', { thread: 'loud' }],
  ['sofia-tensors', 23, 'merged', 'src/tokenizer/fallback.py', 'Byte fallback for unknown scripts'],
  ['ines-translates', 24, 'merged', 'docs/i18n/pt-faq.md', 'Portuguese FAQ'],
  ['yusra-benchmarks', 25, 'merged', 'bench/prefill.py', 'Benchmark prefill apart from decode'],
  ['diego-on-arm', 28, 'merged', 'kernels/arm/select.c', 'Pick the ARM kernels at run time'],
  [
    'marek-from-brno',
    29,
    'squashed',
    'src/sampler/prompt.py',
    'Accept an empty prompt',
    { coAuthors: ['sofia-tensors'] },
  ],
  ['tiago-nightshift', 30, 'ignored', 'kernels/cache.py', 'Cache compiled kernels between runs'],
  ['jelle-on-trains', 31, 'merged', 'docs/i18n/nl-glossary.md', 'Dutch glossary'],
  [
    'lena-quantizes',
    32,
    'merged',
    'quant/int3.py',
    '3-bit weights, experimental',
    { draftDays: 9 },
  ],
  [
    'priya-dot-product',
    35,
    'merged',
    'loader/check.py',
    'Check shapes when a checkpoint is loaded',
  ],
  ['esther-v', 36, 'merged', 'src/sampler/beam.py', 'Bring back beam search', beam],
  ['ravi-at-example-cloud', 37, 'merged', 'loader/retry.py', 'Retry when storage throttles'],
  [
    'vlad-tests-input',
    38,
    'squashed',
    'docs/card.md',
    '<img src=x onerror=alert(1)> in a card breaks the preview',
    { thread: 'card', body: cardBody },
  ],
  ['bao-kernels', 39, 'merged', 'kernels/cuda/attention.cu', 'Half the registers for attention'],
  ['kwame-reads-docs', 40, 'merged', 'README.md', 'Say which Python we need'],
  ['mila-packages', 43, 'merged', '.github/workflows/wheel.yml', 'Wheels for the new Python'],
  ['jonas-on-windows', 43, 'merged', 'loader/paths.py', 'Fix paths on Windows'],
  ['amara-finetunes', 44, 'merged', 'src/adapters/names.py', 'LoRA adapters keep their names'],
  ['chen-measures', 44, 'merged', 'bench/report.py', 'Report tokens per second by stage'],
  ['tariq-at-example-cloud', 45, 'owed', 'server/metrics.py', 'Metrics for the server'],
  ['noor-h', 45, 'merged', 'src/sampler/seed.py', 'A seed of its own for each request'],
  ['yusra-benchmarks', 46, 'merged', 'bench/plot.py', 'Plot the benchmark'],
  ['freya-fixes-typos', 46, 'squashed', 'docs/guide.md', 'Fix typos in the guide'],
  ['pip-and-pipes', 47, 'closed', 'README.md', 'fix | table & #12 in the `README`'],
  ['mila-packages', 49, 'merged', '.github/workflows/wheel.yml', 'Wheels for musl'],
  ['hana-tokenizes', 50, 'merged', 'src/tokenizer/normalise.py', 'Normalise before splitting'],
  ['amara-finetunes', 51, 'merged', 'src/adapters/merge.py', 'Merge adapters without a GPU'],
  [
    'olu-on-metal',
    52,
    'squashed',
    'kernels/metal/norm.metal',
    'RMS norm on Metal',
    { coAuthors: [assistant] },
  ],
  ['sofia-tensors', 53, 'merged', 'src/tokenizer/cache.py', 'Cache merges', { thread: 'regular' }],
  ['jonas-on-windows', 54, 'stalled', '.github/workflows/ci.yml', 'Run the tests on Windows'],
  ['kit-on-holiday', 59, 'merged', 'server/stop.py', 'Fix a race when two requests stop at once'],
  ['priya-dot-product', 63, 'merged', 'loader/check.py', 'Name the tensor whose shape is wrong'],
  ['diego-on-arm', 64, 'merged', 'kernels/arm/softmax.c', 'Softmax on ARM without a division'],
  ['wren-reads-logs', 65, 'merged', 'server/log.py', 'Log why a request is refused'],
  ['ravi-at-example-cloud', 66, 'merged', 'loader/stream.py', 'Read weights in parallel'],
  [
    'ines-translates',
    67,
    'merged',
    'docs/i18n/es.md',
    'Spanish quick start',
    { coAuthors: ['diego-on-arm'] },
  ],
  ['olu-on-metal', 70, 'merged', 'kernels/metal/attention.metal', 'Attention on Metal'],
  ['lena-quantizes', 71, 'merged', 'quant/int4.py', 'Group size as an option'],
  ['mateo-asks-first', 72, 'merged', 'src/sampler/stop.py', 'Stop words may span tokens'],
  ['bao-kernels', 73, 'merged', 'kernels/cuda/paged.cu', 'Paged attention for long prompts'],
  ['chen-measures', 74, 'owed', 'bench/power.py', 'Measure energy per token'],
  ['sunniva-e', 75, 'ignored', 'src/rope/scale.py', 'RoPE scaling beyond 128k'],
  ['marek-from-brno', 77, 'merged', 'src/sampler/top_k.py', 'Top-k without a sort'],
  ['aroha-translates', 78, 'merged', 'docs/i18n/mi.md', 'Māori quick start', aroha],
  ['wren-reads-logs', 78, 'merged', 'server/log.py', 'Do not log prompts'],
  ['esther-v', 79, 'merged', 'src/sampler/beam.py', 'Length penalty for beam search'],
  ['amara-finetunes', 80, 'talked', 'src/adapters/stack.py', 'Stack several adapters'],
  ['leif-offline', 80, 'ignored', 'loader/offline.py', 'Load offline', { thread: 'offline' }],
  ['noor-h', 82, 'talked', 'src/sampler/seed.py', 'Show the seed in the answer'],
]
