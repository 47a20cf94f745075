import type { Catalogue } from './catalogues.ts';

// 文は「です・ます」、ボタンとラベルは名詞・辞書形。欧文・数値の前後は半角スペース（Firefox 流）。power は「パワー」（ワットは「電力」）、health は「診断」、work/job は「ジョブ」、stale は「期限切れ」、effort は「エフォート」、luck は「運」。
export const ja: Catalogue = {
  app: {
    name: 'Ibctminer',
    what: '自分の CPU で Monero をマイニング',
    title: 'Ibctminer · {{screen}}',
    loading: '起動しています…',
    noBridgeTitle: 'このページはアプリの中で使うものです',
    noBridge: 'Ibctminer を開いてください。ブラウザーでは、このページの通信相手がいません。',
    failedTitle: 'アプリを読み込めませんでした',
    retry: '再試行',
    silentTitle: 'マイニングコアが応答していません',
    silent:
      '以下の数値は {{ago}} 前のものです。回復しない場合は、アプリを終了して開き直してください。終了するとマイニングは停止します。',
    practice: '練習',
    practiceBanner:
      '練習：ハッシュ計算は本物ですが、このコンピューターから何も送信されず、収益もありません。',
    addressChanged:
      '設定ファイルのウォレットアドレスが何者かによって {{found}} に変更されました。アプリは確認済みのアドレスを使い続けます：{{confirmed}}。',
    addressNone: 'なし',
    addressKeep: '確認済みのアドレスのままにする',
    addressUse: 'もう一方のアドレスを使う',
    dismiss: '閉じる',
    skipToContent: '本文へ移動',
  },
  nav: {
    label: 'メイン',
    dashboard: 'ダッシュボード',
    history: '履歴',
    pools: 'プール',
    settings: '設定',
    logs: 'ログ',
    health: '診断',
    about: '情報',
  },
  commands: {
    title: 'コマンド',
    search: 'コマンドを検索',
    none: '該当するコマンドはありません。',
    mining: 'マイニング',
    screens: '移動',
    settings: '設定：{{section}}',
    pause15: '15 分間一時停止',
    pause60: '1 時間一時停止',
    pause240: '4 時間一時停止',
    pauseOpen: '再開するまで一時停止',
    themeSystem: 'システムのテーマを使う',
    themeLight: 'ライトテーマを使う',
    themeDark: 'ダークテーマを使う',
    zoomIn: '拡大',
    zoomOut: '縮小',
    zoomReset: '実際のサイズ',
    control: 'Ctrl',
  },
  tour: {
    title: 'ダッシュボードのツアー',
    show: 'ダッシュボードのツアーを表示',
    progress: '{{step}} / {{count}}',
    next: '次へ',
    done: '完了',
    never: '今後表示しない',
    steps: {
      state:
        'マイニング中かどうかと、その理由を、いつもここに表示します。「マイニング開始」と「マイニング停止」はその横にあり、すぐに効きます。',
      hashrate:
        'このコンピューターが毎秒試すハッシュの数です。少し揺れるため、1 分間と 15 分間の平均のほうが参考になります。',
      shares:
        'シェアは、プールに提出できる条件を満たしたハッシュです。プールは承認したシェアごとに支払います。拒否されたシェアと期限切れのシェアには支払われません。期限切れが少しあるのは普通です。',
      pool: 'ジョブの出どころと支払先です。難易度はシェアがどれだけまれか、Ping はプールがどれだけ速く応答するかを示します。',
      money:
        'ここでのマイニングの収益とコストの見積もりです。価格を入力すると、採算が取れるか確認できます。',
      machine:
        '各スレッドの動作と、マイニングに使えたメモリーの種類です。速くする方法は「診断」にあります。',
    },
  },
  state: {
    label: 'マイニングの状態',
    needsConsent: '未設定',
    stopped: '停止中',
    connecting: '接続中',
    preparing: 'データセットを構築中',
    preparingLight: '軽量モードでマイニング中',
    mining: 'マイニング中',
    paused: '一時停止中',
    waiting: '待機中',
    failed: '問題により停止',
    unknown: 'マイニングコアを待機中',
  },
  control: {
    start: 'マイニング開始',
    stop: 'マイニング停止',
    pause: '一時停止',
    pause15: '15 分',
    pause60: '1 時間',
    pause240: '4 時間',
    pauseOpen: '再開するまで',
    resume: '再開',
    cancel: 'キャンセル',
    back: '戻る',
    continue: '続ける',
    save: '保存',
    copyCommand: 'コマンドをコピー',
    runCommand: 'コマンドを実行',
    copied: 'コピーしました',
  },
  consent: {
    text: 'このアプリは、お使いの CPU で、入力したアドレスのために Monero をマイニングします。電力を消費し、熱と騒音が生じ、コンピューターの動作が遅くなることがあります。マイニングは、自分が所有するか使用を許可されているコンピューターでのみ行ってください。「マイニング開始」を押すまで始まりません。',
    agree: '内容を読み、同意します',
    title: '実行の前に',
    changed: '前回の同意のあとで文面が変わったため、もう一度おたずねします。',
    promises: 'お約束すること',
    promiseFee:
      '手数料はありません。マイニングは自分のアドレスのためだけに行われ、ほかの誰のためでもありません。',
    promiseQuiet:
      'テレメトリーはありません。アプリが接続するのは、選んだプールまたはノードだけです。指示がない限り、それ以外には接続しません。',
    promiseStop: '停止はすぐに反映され、終了後に動き続けるものはありません。',
  },
  wizard: {
    label: 'セットアップ',
    progress: 'ステップ {{step}} / {{count}}',
    consent: '同意',
    wallet: 'ウォレット',
    pool: 'プール',
    power: 'パワー',
    review: '確認',
  },
  wallet: {
    title: '報酬をどこで受け取りますか？',
    lead: '自分の Monero ウォレットの受取アドレスを貼り付けてください。このアプリが鍵やシードフレーズをたずねることは決してありません。たずねてくるものは詐欺です。',
    address: 'Monero ウォレットアドレス',
    placeholder: '4 または 8 で始まります',
    checking: '確認しています…',
    compare:
      'ウォレットのアドレスと見比べてください。特に先頭と末尾の文字に注意してください。クリップボードのアドレスをすり替えるマルウェアがあります。',
    addressLabel: '8 文字ずつ区切ったアドレス',
    kinds: {
      standard: '有効な Monero アドレスです。',
      subaddress:
        '有効な Monero サブアドレスです。ほとんどのプールで使えますが、ソロマイニングにはプライマリアドレスが必要です。',
      integrated: '有効な統合アドレスです。使えないプールもあります。',
    },
    fromLink: 'この支払いリンクからは、アドレスだけを取り込みました。',
    readPicture: '画像から QR コードを読み取る',
    none: 'ウォレットがまだない場合',
    how: 'getmonero.org から、またはスマートフォンにウォレットをインストールし、シードフレーズを紙に書き留めてから、「受け取る」（Receive）に表示されるアドレスをコピーしてください。',
    getWallet: 'getmonero.org を開く',
    skip: 'ウォレットなしで練習する',
  },
  pool: {
    title: 'ジョブをどこから受け取りますか？',
    lead: 'プールはジョブを配り、シェアに対して支払います。小さいプールのほうがよい選択です。どのプールも大きくないとき Monero は最も安全で、長い目で見れば、手数料の差を除けば、支払いはどこも同じです。さらによいのは P2Pool です。運営者も手数料もありません。',
    sizes: '各プールの規模を見る',
    choices: 'ジョブの取得元',
    own: '別のプール',
    ownHint: '任意の Monero プールをアドレスで指定',
    proxy: 'xmrig-proxy',
    proxyHint: 'プールとウォレットを設定済みの自分のプロキシ',
    p2pool: '自分の P2Pool',
    p2poolHint:
      '分散型で手数料なし。このコンピューターか別のコンピューターで monerod と P2Pool を動かす必要があります',
    node: '自分のノード',
    nodeHint:
      'このコンピューターまたは自分のネットワーク内の monerod でソロマイニング。ブロックはめったに見つかりませんが、報酬は全額自分のものです',
    practice: '練習用プール',
    practiceHint: 'インターネットなし、収益なしで、このコンピューターですべてを試せます',
    earnsNothing: '収益なし',
    encrypted: '暗号化（TLS）',
    tlsShort: 'TLS',
    plain: '暗号化なし',
    needsWallet: 'ウォレットアドレスが必要',
    known: '主なプール',
    recommended: 'Monero にとって最良',
    measure: '遅延を測定',
    measuring: '測定しています…',
    measureHint: 'これらのプールそれぞれに直接接続し、すぐに切断します。アドレスは送信しません。',
    nearest:
      '最も近いのは {{name}}、{{ms}} ms。距離の影響はわずかで、100 ms ごとに失うシェアは 0.1% 未満です。',
    noneReached: 'どのプールにも接続できませんでした。インターネット接続を確認してください。',
    latencies: {
      refused: '接続を拒否',
      notFound: '見つかりません',
      offline: '到達不能',
      silent: '応答なし',
      certificate: '証明書が信頼されていません',
      failed: '使えません',
    },
    fee: '手数料 {{percent}}%',
    facts: {
      title: '{{name}} について',
      region: 'サーバー',
      ports: 'ポート',
      fee: '手数料',
      payout: '最低支払額',
      onItsPage: 'ウェブサイトに記載',
      percent: '{{percent}}%',
      amount: '{{amount}} XMR',
      source: '情報源',
      sourceOf: '{{source}}、{{date}}。ウェブサイトで確認してください。',
      open: '{{page}} を開く',
    },
    regions: {
      global: '複数の地域（ホスト名が近くのサーバーにつながります）',
      europe: 'ヨーロッパ',
      unknown: '不明',
    },
    sources: {
      pool: 'プール自身の公開ページ',
      lists: 'プール自身の公開ページ（手数料は公開のプール一覧による）',
      configurations: '公開されているマイナー設定',
    },
    address: 'プールのアドレス',
    addressHint: '例：pool.example.org:443',
    nodeAddress: 'ノードのアドレス',
    nodeAddressHint: '例：127.0.0.1:18081',
    tls: '接続を暗号化する（TLS）',
    p2poolPays:
      'P2Pool は、起動時に指定されたウォレットに支払います。--wallet（プライマリアドレス）、または指定されている場合は --subaddress です。このアプリが送るログイン名は、名前にすぎません。',
    proxyPays:
      'プロキシは、プロキシ自身の設定にあるウォレットのためにマイニングします。このアプリが送るログイン名は、名前にすぎません。',
    ownFacts:
      'P2Pool の README（{{date}}）によると、手数料は {{percent}}%、最低支払額は約 {{amount}} XMR です。',
    noTls:
      'TLS を使わないと、プールとの間にいる人なら誰でもアドレスを読み取り、シェアを横取りできます。プールに TLS ポートがあれば、それを使ってください。',
    noTlsNode:
      'TLS を使わないと、ノードとの間にいる人なら誰でも報酬を横取りできます。信頼できるネットワークでのみ行ってください。',
    noTlsConfirm: '暗号化せずに接続',
    test: '接続をテスト',
    testing: 'テストしています…',
    testOk: '使えます',
    testFailed: '使えません',
    testJob: '{{ms}} ms で応答し、このアプリでマイニングできるジョブを送ってきました。',
    trusted: '証明書は信頼済みです。',
    fingerprint: '証明書：{{fingerprint}}',
    remedy: {
      none: 'TLS なしで接続',
      authority: 'TLS を使う',
      pinned: 'この証明書を信頼する',
    },
  },
  power: {
    title: 'どのくらいのパワーで動かしますか？',
    lead: 'マイニング中でも、いつでも変更できます。',
    profiles: 'パワー',
    quiet: '静か',
    quietHint: '作業中もほとんど気になりません',
    balanced: 'バランス',
    balancedHint: 'コンピューターの半分を残します',
    full: 'フルパワー',
    fullHint: '役に立つスレッドをすべて使用。音と熱が増し、操作は遅くなります',
    custom: 'カスタム',
    customHint: 'スレッド数を選びます',
    threads_other: '{{count}} スレッド',
    ofThreads: '{{threads}} / {{available}}',
    threadCount: 'スレッド数',
    cpu: '{{model}} · 論理 CPU {{available}} 個',
    times: '動作する条件',
    battery: 'バッテリー使用中は一時停止',
    batteryHint: '電源につなぐと再開します',
    batteryBelow: 'バッテリー使用中に一時停止する条件',
    batteryAlways: '常に',
    batteryCharge: '残量 {{charge, percent}} 未満',
    idle: 'コンピューターの未使用時のみマイニング',
    idleHint:
      'マウスやキーボードに触れるとすぐに一時停止します。画面のロック中は未使用とみなします。',
    idleAfter: '未使用とみなすまで',
    minutes_other: '{{count}} 分',
    notAvailable: '使えません：このシステムからは情報を得られません。',
    fullTitle: 'フルパワーを使いますか？',
    fullText:
      '役に立つスレッドがすべてマイニングに使われ、コンピューターの音と熱が増し、操作が遅くなります。フルパワーを維持しない限り、30 秒後に現在の設定に戻ります。',
    fullConfirm: 'フルパワーを試す',
    trial: '維持しない限り、フルパワーはあと {{seconds}} s で終わります。',
    trialWaiting: 'フルパワーはマイニングとともに始まり、維持しない限り 30 秒後に終わります。',
    keep: 'フルパワーを維持',
    revert: '今すぐ戻す',
  },
  tuning: {
    title: '性能の調整',
    hint: 'スレッド数と、各スレッドで並行して計算するハッシュ数をいろいろと約 1 分間試し、最も速い組み合わせを使います。何も送信されず、収益もありません。',
    notWhileMining: '先にマイニングを停止してください。マイニング中は測定結果がゆがみます。',
    whileMining: 'マイニング中に調整',
    whileMiningHint:
      'マイニングの最初の数分間にほかの設定を順に試し、最も速いものを残します。その間のハッシュもすべて有効です。熱のためスレッドを減らしている間は待ちます。',
    trying: '{{threads}}、{{hashes}}を試しています。',
    measure: '測定',
    measureAgain: '再測定',
    progress: '測定中',
    curve: 'スレッド数ごとのハッシュレート',
    best_other: '最速：{{count}} スレッド、{{hashes}}、{{rate}}。',
    sideBySide_other: '各スレッド {{count}} ハッシュずつ',
    measuredAt: '{{date}} に{{mode}}モードで測定。',
    fast: '高速',
    light: '軽量',
  },
  review: {
    title: '準備ができました。まだ何も動いていません',
    lead: '次の画面で「マイニング開始」を押すまで、マイニングは始まりません。',
    walletNone: 'なし（練習のみ）',
    power: '{{profile}}、{{threads}}',
    rules: 'ルール',
    noRules: 'なし',
    finish: 'セットアップを完了',
    edit: '変更',
  },
  dashboard: {
    hashrate: 'ハッシュレート',
    over10s: '10 s',
    over60s: '60 s',
    over15m: '15 min',
    chart: 'ハッシュレート（最大で直近 15 分間）',
    chartEmpty: '最初のハッシュが計算されるとグラフが始まります。',
    showTable: '表で表示',
    minute: '分',
    average: '平均',
    shares: 'シェア',
    accepted: '承認',
    rejected: '拒否',
    stale: '期限切れ',
    sharesIdle:
      'シェアは、プールが支払いの対象とする、ひとまとまりのプルーフ・オブ・ワークです。マイニングを始めると、シェアがここに表示されます。',
    firstShare: '最初のシェアまで約 {{time}} の見込みです。',
    nextShare: 'この難易度では、約 {{time}} ごとに 1 シェアです。',
    noShare: {
      normal: '{{time}} の間シェアがないのは、この難易度では普通です（確率：{{chance}}）。',
      unlucky: '{{time}} の間シェアがないのは不運ですが、起こりうることです（確率：{{chance}}）。',
      unusual:
        '{{time}} の間シェアがないのは異例です（確率：{{chance}}）。プールやこのコンピューターに問題がないか、「診断」と「ログ」を確認してください。',
    },
    luck: '発見 {{found}}、これまでのハッシュからの期待値 {{expected}}。',
    connection: 'プール',
    host: 'サーバー',
    paidTo: '支払先',
    paidToKnown: '接続先で設定されたアドレス',
    local: 'このコンピューター上',
    byTor: 'Tor で暗号化',
    connectedFor: '接続時間',
    ms: '{{ms}} ms',
    noPool: '「マイニング開始」を押すまで、どこにも接続しません。',
    willConnect: '開始時の接続先',
    algorithm: 'アルゴリズム',
    difficulty: '難易度',
    height: 'ブロック高',
    ping: 'Ping',
    uptime: '稼働時間',
    temperature: 'CPU 温度',
    power: 'CPU 電力',
    watts: '{{watts}}\u00a0W',
    efficiency: '効率',
    joulesPerMegahash: '{{joules}}\u00a0J/MH',
    link: {
      offline: 'オフライン',
      connecting: '接続中',
      loggedIn: '接続済み',
      waiting: '再接続待ち',
    },
    retryIn: '{{seconds}} s 後に再試行します',
    threads: 'スレッド',
    threadsOf: '{{count}} / 論理 CPU {{available}} 個',
    cpu: 'CPU {{cpu}}',
    threadsIdle: 'ハッシュ計算スレッドごとの速度がここに表示されます。',
    engine: 'メモリー',
    datasetHint: '約 2 GiB。一度だけ構築し、マイニング中は保持します。',
    mode: 'モード',
    modes: {
      light: '軽量（256 MiB、低速）',
      fast: '高速（2 GiB）',
    },
    region: {
      dataset: 'データセット',
      cache: 'キャッシュ',
      scratchpads: 'スクラッチパッド',
    },
    page: {
      '1g': '1 GiB ページ',
      '2m': '2 MiB ページ',
      thp: '透過的ヒュージページ',
      '4k': '4 KiB ページ',
      none: '未割り当て',
    },
    pagesGood: 'ヒュージページを使用中です。メモリーはこれ以上速くなりません。',
    pagesPartly:
      '透過的ヒュージページが役立っています。確保済みの 2 MiB ヒュージページなら、さらに速いことがよくあります。',
    pagesSmall:
      '小さいページではマイニングが遅くなります。ヒュージページを有効にするコマンドは「診断」にあります。',
    engineIdle: 'マイニングしていない間は、メモリーを使いません。',
    openHealth: '診断を開く',
    openPools: 'プールを開く',
    openLogs: 'ログを開く',
  },
  money: {
    title: '収益とコスト',
    edit: '数値を編集',
    practice:
      '練習では収益がありません。これは、同じハッシュレートで Monero ネットワークをマイニングした場合の収益です。',
    empty:
      'マイニングの収益とコストの見積もりを、その根拠とともに表示します。許可しない限り、インターネットでは何も調べません。',
    brings: '1 日の収益',
    worth: '換算額',
    costs: '1 日のコスト',
    net: '1 日の純収益',
    energy: '1 メガハッシュの電力量',
    xmr: '{{xmr}}\u00a0XMR',
    joules: '{{joules}}\u00a0J',
    costsMore: 'コストが収益を上回っています',
    costsMoreText:
      'この速度では、平均して 1 日に約 {{lost}} の損です。パワーを下げると、1 ワットあたりの収益が増えることがよくあります。',
    mostDays: '5 日のうち 4 日は、収益が {{low}} から {{high}} の間',
    mostDaysNothing: '10 日のうち 9 日以上は収益なし',
    mostDaysNet: '電気代を引くと {{low}} から {{high}} の間です。',
    nothing: '24 時間で収益がまったくない確率は {{chance}} です。',
    unit: {
      block:
        '平均して {{time}} ごとにブロックを 1 つ発見し、その全額 {{xmr}} XMR を受け取ります。上の幅は、その運によるものです。',
      share:
        '平均して {{time}} ごとに {{xmr}} XMR 相当のシェアを 1 つ発見します。上の幅は自分のシェアの運によるもので、プールの運と手数料は含みません。',
      p2poolShare:
        '平均して {{time}} ごとに、支払いの対象となる {{xmr}} XMR 相当の P2Pool シェアを 1 つ発見します。上の幅は、その運によるものです。',
    },
    noPromise:
      'この速度で 24 時間マイニングした場合の平均です。見積もりであって約束ではありません。難易度と価格は常に変わります。',
    needed: 'あと必要なもの：',
    need: {
      rate: 'ハッシュレート（マイニング開始から 1 分でわかります）',
      network:
        'ネットワークの難易度と報酬（自分のノード、P2Pool、一部のプールから得られます。なければ入力してください）',
      price: 'Monero の価格',
      watts: 'マイニングの消費電力（W）',
      tariff: '電気料金の単価',
    },
    madeOf: '見積もりの根拠',
    input: {
      rate: 'ハッシュレート',
      difficulty: 'ネットワーク難易度',
      reward: 'ブロック報酬',
      price: '1 XMR の価格',
      watts: '消費電力',
      tariff: '1 kWh の価格',
    },
    source: {
      rate: 'ここで測定、{{time}}',
      node: '自分のノードから、{{time}}',
      p2pool: 'P2Pool から、{{time}}',
      pool: 'プールから、{{time}}',
      typed: '入力値、{{time}}',
      tariffMean: 'マイニングした時間帯の平均、入力値、{{time}}',
      measured: 'プロセッサーのみ、測定値、{{time}}',
    },
    p2poolFault: {
      notFound:
        '指定されたフォルダーに P2Pool の数値がありません。network/stats と pool/stats が入っているはずです。',
      old: '指定されたフォルダーにある P2Pool の数値は 10 分以上前のものです。P2Pool は動いていますか？',
    },
    dialogText:
      'すべてこのコンピューターにとどまり、それぞれの数値には入力した日付が残ります。わからないものは空欄にしてください。',
    priceLabel: '1 XMR の価格',
    priceHint: '信頼できる情報源による、今日の価格です。',
    currencyLabel: '通貨',
    currencyHint: '英字 3 文字：EUR、USD。',
    tariffLabel: '1 kWh の価格',
    tariffHint: '同じ通貨で、電気料金の明細から入力します。',
    windowsLabel: '特定の時間帯の別料金',
    windowsHint:
      '毎日このコンピューターの時計に従い、22-6: 0.18; 12-14: 0.25 のように入力します。それ以外の時間は上の価格です。入力すると、「スケジュール」で最も安い時間帯に限定できます。',
    readTariff: 'CSV ファイルから料金を読み込む',
    readTariffHint:
      '電力会社のファイルです。各行に時刻とその時間の 1 kWh の価格を 07:00;0,25 のように書いた、1 日 24 時間分が必要です。',
    notWindows:
      '時間帯と価格は 22-6: 0.18 のように書き、複数ある場合は半角セミコロン ; で区切ってください。',
    wattsLabel: 'マイニングの消費電力（W）',
    wattsHint:
      'コンセントに挿すワットチェッカーの、マイニング中の値から待機中の値を引いたものです。このコンピューターからは電力の情報を得られません。',
    wattsMeasured:
      '空欄の場合は、プロセッサー自身が報告する {{watts}} W を使います。マザーボード、メモリー、電源でさらに 10～20% 増えることがよくあります。最も確かなのはワットチェッカーで、マイニング中の値から待機中の値を引きます。',
    wattsLimit:
      'ワットチェッカーの、マイニング中の値から待機中の値を引いたものです。プロセッサー自体は {{watts}} W 未満に収まるよう設定されています。',
    difficultyLabel: 'ネットワーク難易度',
    difficultyHint:
      '600 G など。ブロックエクスプローラーで確認できます。自分のノードまたは P2Pool を使う場合は不要です。',
    rewardLabel: 'ブロック報酬（XMR）',
    rewardHint: '0.6 と、ブロック内の取引手数料の合計です。',
    folderLabel: 'P2Pool の数値',
    folderHint:
      'P2Pool がこのコンピューターで動いている場合に、--data-api で指定したフォルダー。--local-api も指定すると、送った分と P2Pool が数えた分も比較されます。',
    notNumber: '0.30 のように数値を入力してください。',
    notAboveZero: '0.30 のように 0 より大きい数値を入力してください。',
    notCurrency: 'EUR のように通貨の英字 3 文字を入力してください。',
  },
  account: {
    switch: '{{pool}} に残高を問い合わせる',
    hint: 'マイニング中とここを見ている間、5 分ごとにウォレットアドレスを {{host}} に送ります。マイニング用とは別の、2 つ目の暗号化された接続です。',
    hintProxy:
      'マイニング中とここを見ている間、5 分ごとにウォレットアドレスを {{host}} に送ります。マイニング用とは別の、2 つ目の暗号化された接続で、プロキシ {{proxy}} を経由します。',
    title: '{{pool}} からの情報',
    asking: '{{host}} に問い合わせています…',
    due: '残高',
    paid: 'これまでの支払い',
    payout: '最低支払額',
    rate: 'プールでのハッシュレート',
    said: '{{time}} 時点。自分のアドレスのためにマイニングするすべてのコンピューターの合計です。',
    credit: {
      tooShort:
        '送信と計上：判断するにはまだ早すぎます。1 時間と、承認されたシェア約 50 個が必要です。',
      within:
        '{{time}} に送った分のうち、{{pool}} は {{percent}} を計上しました。偶然の範囲内です。',
      less: '{{time}} に送った分のうち、{{pool}} は {{percent}} を計上しました。偶然の範囲より少ない値です。プールに理由を問い合わせてください。',
      lessOwn:
        '{{time}} に送った分のうち、{{pool}} が数えたのは {{percent}} です。偶然の範囲より少ない値です。理由がそのログに書かれているかもしれません。',
      more: '{{time}} に送った分に対し、{{pool}} は {{percent}} を計上しました。このアプリが送った分より多い値です。ほかのコンピューターが自分のアドレスのためにマイニングしていませんか？',
      how: '比較の方法',
      title: '送信と計上',
      span: 'プールの 2 回の応答の間',
      shares: '承認されたシェア',
      sent: '送信（ハッシュ数）',
      credited: '計上（ハッシュ数）',
      chance: '偶然の範囲',
      range: '{{low}} ～ {{high}}',
      explanation:
        '各シェアは、その難易度と同じ数のハッシュとして数えます。シェアは偶然に見つかり、プールは独自のタイミングで集計するため、2 つの合計が完全に一致することはありません。偶然だけなら、100 回中 99 回は計上がこの範囲に収まります。プールは、ほかのコンピューターが自分のアドレスのためにマイニングした分も数えます。',
    },
  },
  history: {
    span: '表示する期間',
    spans: {
      quarterHour: '15 min',
      day: '24 h',
      month: '30 日',
      year: '1 年',
    },
    kind: '表示する内容',
    kinds: {
      mining: 'マイニング',
      practice: '練習',
    },
    loading: '履歴を読み込んでいます…',
    failedTitle: '履歴を読み込めませんでした',
    emptyTitle: {
      mining: '履歴はまだありません',
      practice: '練習の履歴はまだありません',
    },
    empty: {
      mining:
        'マイニングの 1 分ごとの記録を、このコンピューターだけに保存します。「マイニング開始」を押すと記録が始まります。',
      practice:
        '練習はマイニングとは別に記録し、合算することはありません。練習用プールで練習すると、ここに表示されます。',
    },
    average: '平均',
    mined: 'マイニング時間',
    hashes: 'ハッシュ数',
    hashrate: 'ハッシュレート',
    chart: {
      quarterHour: '直近 15 分間のハッシュレート',
      day: '直近 24 時間のハッシュレート',
      month: '直近 30 日間のハッシュレート',
      year: '直近 1 年間のハッシュレート',
    },
    nothing: {
      quarterHour: '直近 15 分間にマイニングの記録はありません。',
      day: '直近 24 時間にマイニングの記録はありません。',
      month: '直近 30 日間にマイニングの記録はありません。',
      year: '直近 1 年間にマイニングの記録はありません。',
    },
    hint: 'グラフにポインターを合わせるか、矢印キーを使うと値を読み取れます。',
    point: '{{period}}：{{rate}}、マイニング {{mined}}',
    pointIdle: '{{period}}：マイニングなし',
    pointShares_other: '{{count}} シェア',
    pointPaused: '一時停止 {{time}}（{{reasons}}）',
    pointWaited: 'ジョブ待ち {{time}}',
    legendPaused: '一時停止',
    legendWaiting: 'ジョブ待ち',
    legendGap: '空白：マイニングなし',
    time: '時刻',
    shares: 'シェア',
    paused: '一時停止',
    expected: '期待値',
    found: '発見数',
    luck: '運',
    luckText:
      '発見したシェアと、計算したハッシュから平均して見つかる数との比です。偶然によるもので、長い目で見れば均されます。100% より上は幸運、下は不運です。',
    effort: '現在のエフォート',
    effortText:
      '前回のシェア以降の計算量と、1 シェアに平均して必要な計算量との比です。20 シェアに 1 つは 300% を超えます。',
    lost: '損失',
    lostText:
      'シェアの {{shares}} が拒否または期限切れになりました。時間の {{time}} は、接続中またはプール待ちのためジョブがありませんでした。',
    best: 'ベストシェア',
    bestText:
      '自分のシェアが達した最高の難易度です。プールの支払いは増えませんが、ソロマイニングでは、どれだけブロックに近づいたかがわかります。',
    spent: '時間の内訳',
    states: {
      mining: 'マイニング',
      preparing: 'データセットの構築',
      paused: '一時停止',
      waiting: 'ジョブ待ち',
    },
    pausedReasons: '複数の理由が同時に当てはまることがあります。',
    sessions: 'セッション',
    sessionsOf: '全 {{count}} 件中、最新の {{shown}} 件',
    sessionsAll_other: '全 {{count}} 件を表示',
    started: '開始',
    more: '{{place}} ほか {{count}} か所',
    failedShares: '拒否または期限切れ',
    allTime: '全期間',
    since: '{{date}} から',
    kept: 'このコンピューターの {{folder}} だけに保存：{{size}}。',
    exportCsv: 'CSV で書き出す',
    exportJson: 'JSON で書き出す',
    exported: '{{file}} として保存しました。',
    delete: '履歴を削除',
    deleteTitle: '履歴をすべて削除しますか？',
    deleteText:
      'マイニングと練習の 1 分ごとの記録、セッション、累計をすべて削除します。元に戻すことはできません。コインは安全です。コインはこのアプリではなく、ウォレットの中にあります。',
  },
  shares: {
    newest: '最新のシェア',
    emptyTitle: 'シェアはまだありません',
    emptyIdle: 'マイニングを始めると、発見したシェアがプールの応答とともにここに並びます。',
    emptyExpected: '最初のシェアまで約 {{time}} の見込みです。',
    emptyMining: '最初のシェアは、発見するとすぐにここに表示されます。',
    time: '発見時刻',
    outcome: '結果',
    difficulty: '難易度',
    roundTrip: '応答時間',
    nonce: 'ナンス',
    outcomes: {
      pending: '応答待ち',
      accepted: '承認',
      rejected: '拒否',
      stale: '期限切れ',
    },
  },
  pools: {
    lead: 'まずメインのプールを使います。接続できない場合は、予備がこの順に引き継ぎます。',
    list: 'プール一覧',
    templates: {
      known: '主なプール',
      stratum: '別のプール',
      p2pool: 'P2Pool',
      'xmrig-proxy': 'xmrig-proxy',
      daemon: '自分のノード',
    },
    node: '自分のノード',
    practising:
      '練習中のため、これらのプールは使われていません。本番のマイニングは別に集計されます。',
    endPractice: '本番のマイニングに切り替える',
    practise: '練習に切り替える',
    practiseHint:
      '練習はこのコンピューターだけで行われ、インターネットは不要で、収益はありません。',
    emptyTitle: 'プールはまだありません',
    empty: 'プールまたは自分のノードを追加してください。',
    add: 'プールを追加',
    primary: 'メイン',
    backup: '予備 {{number}}',
    standing: {
      inUse: '使用中',
      inUseInstead: 'これより前のプールからジョブが来ていません。',
      connecting: '接続しています…',
      proving: '再びジョブが来ています。1 分以上続くと、このプールに切り替わります。',
      resting: '待機中：これより前のプールからジョブが来ています。',
      down: '{{why}}自動で再試行します。',
      failed: '{{why}}次に「マイニング開始」を押すまで再試行しません。',
    },
    up: '{{name}} を上へ移動',
    down: '{{name}} を下へ移動',
    edit: '{{name}} を編集',
    remove: '{{name}} を削除',
    removeTitle: '{{name}} を削除しますか？',
    removeText: 'アプリからアドレスと設定が消えます。',
    removeConfirm: '削除',
    addTitle: 'プールを追加',
    editTitle: 'プールを編集',
    name: '名前（省略可）',
    password: 'パスワード',
    passwordHint: 'ほとんどのプールでは「x」でかまいません。',
    rigId: 'リグ名（省略可）',
    login: 'ウォレットアドレスの代わりに使うログイン名（省略可）',
    loginHint: 'P2Pool とプロキシ用です。入力したとおりに送信されます。',
    fingerprint: '信頼する証明書（省略可）',
    fingerprintHint: 'SHA-256、16 進数 64 桁。自己署名証明書の場合にのみ必要です。',
    fingerprintWrong: 'SHA-256 フィンガープリントは、0～9 と a～f からなる 64 桁です。',
    rpcUser: 'RPC ユーザー名（省略可）',
    rpcUserHint: 'monerod を --rpc-login 付きで動かしている場合',
    rpcPassword: 'RPC パスワード',
    zmqPort: 'ZMQ ポート（省略可）',
    zmqPortHint: 'monerod の --zmq-pub のポート。新しいブロックをすぐに知るためのものです',
    proxy: 'SOCKS5 プロキシ（省略可）',
    proxyHint: 'このコンピューターの Tor：127.0.0.1:9050、Tor Browser：127.0.0.1:9150',
    proxyWrong: 'プロキシは 127.0.0.1:9050 のように host:port の形で書いてください。',
    tor: 'Tor',
    torBrowser: 'Tor Browser',
    through: '{{proxy}} 経由',
    onionAlone:
      'onion アドレスには Tor 経由でのみ接続できます。「詳細オプション」に Tor のプロキシを入力してください。',
    zmqPortWrong: 'ポートは 1 から 65535 までの数値です。',
    more: '詳細オプション',
    full: 'プールは 16 個までです。追加するには、どれかを削除してください。',
  },
  settings: {
    sectionsLabel: '設定のセクション',
    sections: {
      wallet: 'ウォレット',
      power: 'パワー',
      rules: 'ルール',
      tuning: 'メモリーと調整',
      appearance: '外観',
      notifications: '通知',
      opening: '起動と終了',
      connections: '接続',
      reset: 'リセット',
    },
    search: '設定を検索',
    searchClear: '検索をクリア',
    searchNone: '「{{text}}」に一致する設定はありません。',
    searchNoneHint: '別の言葉を試すか、各セクションを見てください。',
    wallet: 'ウォレット',
    walletHint: 'プールの支払先であり、自分のノードでのマイニングの受取先です。',
    walletNone:
      'アドレスがまだないため、練習するか、自分のログイン名でマイニングすることしかできません。',
    walletChange: 'アドレスを変更',
    walletAdd: 'アドレスを追加',
    walletNew: '新しいウォレットアドレス',
    walletConfirmTitle: '別のアドレスのためにマイニングしますか？',
    walletOld: '現在',
    walletNext: '新規',
    walletConfirm: '新しいアドレスを使う',
    power: 'パワー',
    mode: 'メモリー',
    modeAuto: '自動',
    modeAutoHint: '約 3 GiB 空いていれば高速',
    modeFast: '高速',
    modeFastHint: '少なくとも 2.3 GiB が必要',
    modeLight: '軽量',
    modeLightHint: '256 MiB、速度は数分の一',
    schedule: 'スケジュール',
    scheduleOn: '特定の時間帯のみマイニング',
    scheduleOnHint:
      'このコンピューターの時計に従います。時間外は待機し、時間になると自動で再開します。',
    schedulePresets: '用意されたスケジュール',
    schedulePreset: {
      nights: '夜間',
      weekends: '週末',
      nightsAndWeekends: '夜間と週末',
      always: '常時',
    },
    scheduleGrid: '1 週間の時間割',
    scheduleHow:
      '1 時間ずつクリックするか、ドラッグしてまとめて選びます。キーボードでは、矢印キーで移動、スペースキーで切り替え、Shift と矢印キーで塗りつぶしができます。',
    scheduleHours_other: '1 週間に {{count}} 時間マイニングします。',
    scheduleNever: '時間帯が選ばれていないため、マイニングは行われません。',
    scheduleCell: '{{day}}、{{from}} から {{to}} まで',
    cheapest: '最も安い時間帯のみマイニング',
    cheapestHint:
      '毎日の各時間のうち、電気代が最も安い時間です。「収益とコスト」に入力した価格に基づきます。',
    cheapestNoTariff: '先に「収益とコスト」で、時間帯ごとの電気料金を入力してください。',
    cheapestHours: '1 日の時間数',
    fullScreen: '全画面のプログラムがある間は一時停止',
    fullScreenHint: 'ゲーム、映画、プレゼンテーションなど。全画面を終えると再開します。',
    fullScreenUnavailable:
      '使えません：このシステムからは情報を得られません。代わりに下の一覧にプログラムを追加できます。',
    metered: '従量制課金接続では一時停止',
    meteredHint: 'スマートフォンのテザリングなど、通信量に応じて料金がかかる接続です。',
    heat: 'CPU の過熱を防ぐ',
    heatHint:
      'この温度を超えるとスレッドを減らしてマイニングし、さらに 10\u00a0°C 高くなると一時停止します。',
    heatBelow: '上限温度',
    watts: 'CPU 電力を制限',
    wattsHint:
      'ほかのプログラムの分も含め、プロセッサーの電力がこれを超えている間は、スレッドを減らしてマイニングします。',
    wattsBelow: '上限電力',
    celsius: '{{degrees}}\u00a0°C',
    programs: '次のプログラムの実行中は一時停止',
    programsHint: 'ゲーム、ビデオ通話など、コンピューターを占有させたいものを指定します。',
    programsNone: 'リストにプログラムはありません。',
    programsName: 'プログラム名',
    programsAdd: '追加',
    programsAdded: 'マイニングを一時停止するプログラム',
    programsRemove: '{{name}} を削除',
    rules: 'ルール',
    opening: 'アプリの起動',
    startAtLaunch: 'アプリを開いたらマイニングを開始',
    startAtLaunchHint:
      '初期設定ではオフです。クラッシュの後や「マイニング停止」を押した後に開始することはありません。',
    openAtLogin: 'ログイン時にアプリを開く',
    openAtLoginHint: 'ウィンドウまたはトレイアイコンを開きます。マイニングは開始しません。',
    appearance: '外観',
    theme: 'テーマ',
    language: '言語',
    system: 'システム',
    light: 'ライト',
    dark: 'ダーク',
    notifications: '通知',
    rulePauses: 'ルールによる一時停止と再開',
    poolDown: 'プールに 2 分間接続できないときと、復旧したとき',
    noShares: '見込みよりずっと長くシェアがないとき',
    rejects: '5% を超えるシェアが拒否されたとき',
    failures: '問題でマイニングが終わったとき',
    window: 'ウィンドウを閉じるとき',
    closeAsk: '毎回たずねる',
    closeBackground: 'バックグラウンドで動作を続ける',
    closeQuit: '終了してマイニングを停止',
    noTray: 'このデスクトップにはシステムトレイがないため、ウィンドウを隠すことはありません。',
    api: '監視 API',
    apiOn: 'このコンピューターで読み取り専用の HTTP API を提供',
    apiHint:
      'このコンピューター上のダッシュボードからハッシュレートとシェアを読み取れます。変更は何もできず、ほかのコンピューターからは接続できません。',
    apiPort: 'ポート',
    apiPortWrong: '1024 から 65535 までの数値を選んでください。',
    apiAddress: 'アドレス：',
    apiToken: '「Authorization: Bearer …」として送るトークン：',
    apiCopy: 'トークンをコピー',
    updates: '新しいバージョン',
    updatesLook: '新しいバージョンを確認',
    updatesHint:
      '1 日 1 回 {{host}} に署名付きの一覧を問い合わせます。利用者やこのコンピューターの情報は送信しません。指示があるまで、ダウンロードもインストールも行いません。',
    updatesNow: '今すぐ確認',
    updatesNewest: '最新バージョンです。前回の確認：{{date}}。',
    updatesApt: 'バージョン {{version}} があります。署名は正規のものです。インストールするには：',
    updatesCommand: 'sudo apt update && sudo apt install --only-upgrade ibctminer',
    updatesPage: 'バージョン {{version}} があります。署名は正規のものです。',
    updatesOpen: 'ダウンロードページを開く',
    updatesDownload: 'ダウンロード（{{size}}）',
    updatesAgain: '再試行',
    updatesRunning: 'バージョン {{version}} をダウンロード中：{{done}} / {{size}}。',
    updatesStop: '中止',
    updatesReplace:
      'バージョン {{version}} をダウンロードしました。ファイルは完全で、正規のものです。現在のバージョンと置き換わり、マイニングは停止して、アプリが起動し直します。',
    updatesReplaceNow: 'インストールして再起動',
    updatesInstaller:
      'バージョン {{version}} をダウンロードしました。ファイルは完全で、正規のものです。システムがインストーラーを開き、マイニングは停止して、アプリは終了します。',
    updatesInstallerNow: '終了してインストーラーを開く',
    updatesStale_other:
      'この一覧が署名されたのは {{count}} 日前です。もう新しい一覧が届いているはずで、何者かが新しいバージョンを隠している可能性があります。ダウンロードページを確認してください。',
    reset: 'リセット',
    resetHint: 'ウォレットアドレス、プール、すべての設定を消去します。マイニングは停止します。',
    resetButton: 'すべてリセット',
    resetTitle: 'すべてリセットしますか？',
    resetText:
      'ウォレットアドレス、プール、すべての設定を消去し、マイニングを停止します。コインは安全です。コインはこのアプリではなく、ウォレットの中にあります。',
  },
  logs: {
    lead: 'ウォレットアドレスは、すべての行から取り除かれています。',
    kept: '{{folder}} に最大 6 MB まで保存し、古い行から消えます。',
    openFolder: 'フォルダーを開く',
    export: 'すべて書き出す',
    filter: 'レベル',
    all: 'すべて',
    warn: '警告とエラー',
    error: 'エラー',
    search: 'ログを検索',
    copy: 'ログをコピー',
    emptyTitle: 'ログはまだありません',
    empty: 'アプリの動作がその都度ここに表示されます。',
    noMatch: '一致する行はありません。',
    levels: {
      info: '情報',
      warn: '警告',
      error: 'エラー',
    },
    entries: 'ログの行',
    messages: 'メッセージ',
    messagesLead:
      'アプリとプールの間の最近のメッセージです。アドレス、パスワード、セッション ID は含みません。',
    searchMessages: 'メッセージを検索',
    copyMessages: 'メッセージをコピー',
    noMessages: 'メッセージはまだありません。アプリがプールに接続すると表示されます。',
    sent: '送信',
    received: '受信',
  },
  health: {
    lead: 'マイニングに使えるこのコンピューターの機能と、足りないものの補い方です。',
    run: '再確認',
    running: '確認しています…',
    copy: 'レポートをコピー',
    copyHint: 'レポートにアドレスは含まれません。',
    failedTitle: '確認を実行できませんでした',
    statuses: {
      ok: 'OK',
      warn: '要対応',
      unknown: '不明',
    },
    allGood: 'すべて問題ありません。',
    toLookAt_other: '対応が必要な項目が {{count}} 件あります。',
    fix: '対処方法',
    commands: {
      now: '今から次の再起動まで',
      atBoot: 'コンピューターの起動のたびに',
      lasting: '今から継続して',
      undo: '元に戻す場合',
    },
    runHint:
      '「コマンドを実行」を押すと、このコマンドをそのまま実行するようシステムに求めます。システムが管理者のパスワードをたずねますが、このアプリがそれを見ることは決してありません。',
    runPrompt: 'システムの確認画面に答えてください。',
    runEnds: {
      ran: 'コマンドを実行し、すべてを再確認しました。',
      dismissed: 'システムの確認画面が閉じられました。コマンドは実行していません。',
      notAllowed: 'システムが許可しませんでした。コマンドは実行していません。',
    },
    results: '結果',
    selfTest: 'エンジン',
    selfTestRun: 'エンジンをテスト',
    selfTesting: 'テストしています…',
    selfTestHint:
      'RandomX とともに結果が公開されているハッシュを、生成コードありとなしの両方で計算します。エンジンは最初のシェアの前にも、自動で同じテストを行います。',
    selfTestRight: '{{hashes}} 個のハッシュはすべて正しい値です（{{seconds}} s）。',
    selfTestWrong:
      '誤ったハッシュ：{{ways}}。オーバークロックをすべて解除し、温度を確認してください。それでも直らない場合は、CPU の型番を添えて報告してください。',
    pagesGain: 'ヒュージページの効果',
    pagesGainRun: '効果を測定',
    pagesGainMeasuring: '測定しています…',
    pagesGainHint:
      '同じスレッドで、ヒュージページありとなしのハッシュ計算を約 30 秒間、交互に行います。何も送信せず、収益もありません。その間、メモリーを 5 GiB 使います。',
    pagesGainFaster:
      'このコンピューターでは、ヒュージページを使うとマイニングが {{gain, percent}} 速くなります（あり：{{huge}}、なし：{{small}}）。',
    pagesGainAlike:
      'このコンピューターでは、ヒュージページによる差はありません（あり：{{huge}}、なし：{{small}}）。',
    pagesGainOf_other: '測定条件：{{count}} スレッド、{{pages, pages}}。',
    pagesGainNone:
      '現在、システムからヒュージページを得られないため、比較できません。有効にする方法は「ヒュージページ」にあります。',
    fork: 'Monero の次のフォーク',
    forkRun: 'フォークのリハーサル',
    forkRunning: 'リハーサルしています…',
    forkHint:
      'Monero の次のフォークで RandomX v2（rx/2）が導入されます。リハーサルでは、このアプリの中の練習用プールでマイニングし、途中でプールがフォークします。約 1 分かかり、高速モードではメモリーを 3 GiB 使います。このコンピューターから何も送信されず、収益もありません。',
    forkReady: 'このアプリとこのコンピューターは、Monero の次のフォークに対応できます。',
    forkNotReady:
      'このアプリまたはこのコンピューターは、Monero の次のフォークに対応できません。更新を探してから、もう一度リハーサルしてください。',
    forkUnproven:
      '問題は起きませんでしたが、フォーク後の 1 分間に、このコンピューターはシェアを 1 つも見つけられませんでした。できればスレッドを増やして、もう一度リハーサルしてください。',
    forkShares:
      '承認されたシェア：フォーク前 {{before}}、フォーク後 {{after}}。拒否：{{refused}}。',
    forkKept: '何も構築し直す必要はなく、マイニングが止まったのは最大 {{seconds}} s でした。',
    forkRebuilt:
      'データセットまたはキャッシュを構築し直す必要があり、マイニングが {{seconds}} s 止まりました。',
    forkRates: 'ハッシュレート：フォーク前 {{before}}（rx/0）、フォーク後 {{after}}（rx/2）。',
    forkAt: '{{date}} に{{mode}}モードでリハーサル。',
    checks: {
      memory: 'メモリー',
      hugePages: 'ヒュージページ',
      transparentPages: '透過的ヒュージページ',
      aes: 'AES 命令',
      jit: '生成コード',
      dns: 'プール名',
      tls: '暗号化',
      clock: '時計',
      virtualMachine: '仮想マシン',
      numa: 'メモリーの配置（NUMA）',
      temperature: '温度',
      energy: '消費電力',
      antivirus: 'ウイルス対策',
      battery: 'バッテリーの検出',
      idle: '未使用の検出',
      tray: 'トレイアイコン',
    },
    remarks: {
      memoryLightChosen: '「設定」で軽量モードが選ばれています。256 MiB が必要です。',
      memoryFast: '高速モードに必要な 2.3 GiB を確保しています。',
      memoryUnknown: 'このコンピューターからは、メモリーの空き容量の情報を得られません。',
      memoryFree: '{{bytes, gibibytes}} 空いています。高速モードには約 3 GiB が必要です。',
      memoryShort:
        '{{bytes, gibibytes}} 空いています。高速モードには約 3 GiB が必要なため、このコンピューターでは軽量モードでのマイニングになり、速度は数分の一です。',
      memoryShortNow:
        '{{bytes, gibibytes}} 空いています。高速モードには約 3 GiB が必要なため、このコンピューターは軽量モードでマイニング中で、速度は数分の一です。',
      memoryFix: 'ほかのプログラムを閉じ、マイニングを停止して開始し直してください。',
      pagesGood: 'ヒュージページを使用中です。',
      pagesFree_other: '2 MiB のヒュージページが {{count, integer}} 個空いています。',
      pagesShort_other:
        '{{count}} スレッドには 2 MiB のヒュージページが {{needed, integer}} 個必要ですが、空きは {{free, integer}} 個です。',
      pagesTransparent: '代わりに透過的ヒュージページを使っており、効果はほぼ同じです。',
      pagesUnknown: 'このコンピューターからは、ヒュージページの情報を得られません。',
      pagesInUse:
        'データセット：{{dataset, pages}}。キャッシュ：{{cache, pages}}。スクラッチパッド：{{scratchpads, pages}}。',
      pagesFix:
        'ヒュージページを確保し、マイニングを停止して開始し直してください。メモリーアクセスごとの手順が減り、通常はこれが最大の改善になります。その間、この {{bytes, gibibytes}} はほかのプログラムでは使えません。',
      pagesFixBeside:
        'ヒュージページを確保し、マイニングを停止して開始し直してください。透過的なものより確実で、少し速いこともよくあります。その間、この {{bytes, gibibytes}} はほかのプログラムでは使えません。',
      thpOn:
        'システムは、要求するプログラムにヒュージページを割り当てます。このアプリも要求します。',
      thpNotNeeded: 'オフですが、必要ありません。十分なヒュージページが確保されています。',
      thpOff: 'システムはヒュージページを自動では割り当てません。',
      thpFix:
        '要求するプログラムにヒュージページを許可し、マイニングを停止して開始し直してください。メモリーを確保しておかなくても、ヒュージページの効果の大部分が得られます。',
      thpUnknown: 'このコンピューターからは、この情報を得られません。',
      aesFound: 'CPU に AES 命令があります。',
      aesMissing: 'CPU に AES 命令がありません。ある場合に比べ、マイニングはずっと遅くなります。',
      aesFix:
        '仮想マシンの場合は、CPU の種類を「host」にしてください。そうでない場合、この CPU は古く、マイニングには向きません。',
      aesUnknown: 'マイニングエンジンを読み込めなかったため、CPU を確認できませんでした。',
      jitUsed: 'RandomX プログラムは生成された機械語で動いています（{{path}}）。',
      jitMissing:
        'RandomX プログラムはインタープリターで実行されており、何倍も遅くなります。システムが生成コードを禁止しているか、この CPU が対応していません。',
      jitFix: 'セキュリティソフトで、このアプリに生成コードの実行を許可してください。',
      jitUnknown: 'マイニングを始めるとわかります。',
      poolNone: 'プールがまだ選ばれていません。',
      poolPractice: '練習用プールはこのアプリの中にあります。',
      nameFound: '{{host}} が見つかりました。',
      nameNotFound: '{{host}} の名前を解決できませんでした。',
      nameFix: 'プールのアドレスのつづりと、インターネット接続を確認してください。',
      nameByProxy: '{{host}} の名前はプロキシが解決します。',
      nameNotAsked:
        '{{host}} の名前はまだ解決していません。アプリが解決するのはマイニング中だけです。',
      tlsUsed: '接続は暗号化されています。',
      tlsNotNeeded: '接続はこのコンピューターの外に出ません。',
      tlsByTor: 'onion アドレスへの接続は Tor が暗号化します。',
      tlsMissing:
        '接続は暗号化されていません。プールとの間にいる人なら誰でもアドレスを読み取り、シェアを横取りできます。',
      tlsFix: 'プールに TLS ポートがあれば、それを使ってください。',
      tlsMissingToNode:
        'ノードへの接続は暗号化されていません。ノードとの間にいる人なら誰でも報酬を横取りできます。',
      tlsFixOfNode: 'TLS でノードに接続するか、このコンピューターでノードを動かしてください。',
      clockKept: 'タイムサーバーが時計を合わせています。',
      clockBehind: '時計が数か月または数年遅れています。',
      clockAlone: '時計を合わせるタイムサーバーがありません。',
      clockFix:
        'システムの設定で時刻の自動設定をオンにしてください。証明書と履歴には正しい時刻が必要です。',
      clockUnknown:
        '時計はおおむね正しいようです。タイムサーバーで合わせているかどうかの情報は、このシステムからは得られません。',
      virtualNo: 'このコンピューターは仮想マシンではありません。',
      virtualYes:
        'これは仮想マシンです。仮想マシンでのマイニングには CPU の種類「host」が必要で、ホスト側のヒュージページが最も効果的です。',
      virtualUnknown: 'このコンピューターからは、仮想マシンかどうかの情報を得られません。',
      numaOne: 'すべてのメモリーは CPU から等しい距離にあります。',
      numaMany:
        'このコンピューターには {{nodes, integer}} 個のメモリーノードがあります。空きのあるノードには、それぞれデータセットのコピーを置きます。',
      numaUnknown: 'マイニングエンジンを読み込めなかったため、メモリーの配置がわかりません。',
      temperatureKnown: 'CPU 温度を読み取れるため、熱くなったときにマイニングを抑えられます。',
      temperatureUnknown:
        'ここでは CPU 温度を読み取れないため、熱くなってもマイニングを抑えられません。',
      energyKnown: 'CPU から消費電力の情報を得られます。',
      energyUnknown:
        'ここでは CPU 電力を読み取れません。マイニングにかかるコストを見るには、「収益とコスト」で入力してください。',
      energyClosed:
        'CPU は消費したエネルギーを数えていますが、このシステムでは管理者しか読み取れません。',
      energyFix:
        'すべてのプログラムが読み取れるようにすると、アプリがマイニングのコストを測り、CPU 電力を制限できるようになります。システムがこれを閉じているのは、ほかのプログラムの計算内容を推測されるおそれがあるためです。',
      antivirusRare: 'このシステムでは、ウイルス対策ソフトが妨げになることはめったにありません。',
      antivirusLikely:
        'ウイルス対策ソフトは、自分でインストールしたものも含め、マイナーを脅威とみなすことがよくあります。このアプリがブロックされた場合は、「情報」でアプリのファイルを照合してから、次のフォルダーを許可してください：{{folder}}。',
      batteryKnown:
        'バッテリーで動いているかどうかの情報をシステムから得られるため、「バッテリー使用中は一時停止」が機能します。',
      batteryUnknown:
        'バッテリーが見つからないため、「バッテリー使用中は一時停止」は効果がありません。',
      idleKnown: 'コンピューターが使用中かどうかの情報を、システムから得られます。',
      idleUnknown: 'コンピューターが使用中かどうかの情報を、このデスクトップからは得られません。',
      trayShown: 'デスクトップはトレイアイコンを表示します。',
      trayMissing:
        'デスクトップがトレイアイコンを表示しないため、マイニング中はウィンドウを開いたままにします。',
      trayFix:
        'GNOME では、拡張機能「AppIndicator and KStatusNotifierItem Support」をインストールして、ログインし直してください。マイニング中にウィンドウを隠せるようになります。Debian と Ubuntu では：',
    },
    report: {
      title: 'Ibctminer {{version}}（{{platform}}）',
      cpu: 'CPU：{{name}}',
      state: '状態：{{why}}',
    },
  },
  about: {
    lead: '自分の CPU で Monero をマイニング。「マイニング開始」を押すまで何も動きません。',
    version: 'バージョン {{version}}',
    fee: '手数料 0%',
    versions: 'バージョン',
    application: 'Ibctminer',
    electron: 'Electron',
    chrome: 'Chromium',
    node: 'Node.js',
    platform: 'システム',
    library: 'ネイティブライブラリー（SHA-256）',
    libraryNone: '読み込まれていません',
    settingsFolder: '設定フォルダー',
    oldElectron:
      'このビルドは、もうセキュリティ修正が提供されない Electron {{version}} で動いています。作成時に公式のものをダウンロードできなかったためです。開発とテスト用ですので、他人に渡さないでください。',
    trust: '私たちの約束',
    rules: {
      start:
        '同意して「マイニング開始」を押すまで、ハッシュ計算は一切行いません。それまでは、プールをテストまたは測定したときにだけ、そのプールに接続します。',
      visible: 'マイニング中は、アプリ本来の名前でウィンドウまたはトレイアイコンを表示します。',
      fee: 'マイニングは自分のアドレスのために行われます。手数料は 0% です。',
      practice: '練習と測定では、計算結果を誰にも送信しません。',
      rights:
        'アプリが自ら管理者権限を得ることは決してありません。権限が必要なコマンドは表示するだけで、「コマンドを実行」が押され、システムの確認画面で許可されたときにのみ実行します。',
      system: 'ドライバーを読み込まず、ウイルス対策や電源の設定も変更しません。',
      updates: '知らないうちにプログラムをダウンロードすることはありません。',
      quit: '終了すると、プロセスは残りません。',
      privacy: 'ログとレポートにアドレスを含めません。テレメトリーもありません。',
    },
    files: 'ファイルは本物ですか？',
    filesHint:
      'アプリのすべてのファイルを、リリース時に署名された一覧と照合します。何も送信しません。',
    filesCompare: 'ファイルを照合',
    filesComparing: '照合しています…',
    filesUnsigned:
      '開発用のビルドと同じく、このビルドには署名付きの一覧がありません。何から作られたかはわかりません。',
    filesSame_other: '{{count}} 個のファイルはすべてリリース時のままです（{{signedAs}}）。',
    filesDiffer:
      '次のファイルはリリース時と異なります。信頼できる入手元からアプリをインストールし直してください。',
    filesChanged: '変更あり：{{files}}',
    filesMissing: '欠落：{{files}}',
    filesAdded: '当アプリのものではない：{{files}}',
    filesOutside:
      '改変されたプログラムは、自分自身について嘘をつけます。ウェブページの鍵を使って外部から確かめるには：',
    licences: 'ライセンス',
    licence: 'Ibctminer は MIT ライセンスの自由ソフトウェアです。',
    builtWith: '使用ソフトウェア',
    links: 'もっと知る',
    howMiningWorks: 'マイニングの仕組み',
    hugePages: 'ヒュージページの解説',
    source: 'ソースコード',
    getWallet: 'ウォレットを入手',
  },
  connections: {
    title: '接続',
    hint: 'アプリが接続または待ち受けるもののすべてです。このうちホスト名は、システムのネームサーバーに問い合わせます。それ以外には接続しません。',
    purpose: '用途',
    place: '場所',
    last: '最後の接続',
    bytes: '送信 / 受信',
    bytesHint: 'バイト数は起動後の合計で、暗号化の分を含みます。',
    state: '現在',
    never: '起動後なし',
    on: 'オン',
    off: 'オフ',
    anyPort: '{{host}}、任意の空きポート',
    purposes: {
      pool: 'プール：ジョブとシェア。ウォレットアドレスを含みます。マイニング中と、テストするとき。',
      node: 'ノード：マイニングするブロック。ウォレットアドレスを含みます。マイニング中と、テストするとき。',
      nodeNews: 'ノード：新しいブロックの知らせ。マイニング中。',
      latency:
        '主なプール：遅延を測るため、接続してすぐに切断します。何も送信しません。指示したとき。',
      account:
        'プールの Web API：プールでの残高。ウォレットアドレスを添えて問い合わせます。オンにした場合、マイニング中と残高を見ている間、5 分ごと。',
      practice: '練習用プール。アプリの中にあります。練習中。',
      updates:
        '新しいバージョン：小さなファイル 2 個。利用者の情報は含みません。「設定」でオンにした場合、1 日 1 回。プログラム本体は「ダウンロード」を押したとき。',
      api: '監視 API：このコンピューター上のプログラムが問い合わせ、アプリが答えます。「設定」でオンにした場合。',
    },
  },
  uninstall: {
    title: 'アンインストール',
    hint: 'アプリがこのコンピューターに作成したものをすべて表示し、残さないものを削除します。',
    open: 'アンインストール…',
    askTitle: 'Ibctminer をアンインストールしますか？',
    askText:
      'アプリがこのコンピューターに作成したものは以下がすべてです。マイニングは停止し、残さないものは完全に削除されます。コインは安全です。コインはこのアプリではなく、ウォレットの中にあります。',
    nothing: 'アプリはこのコンピューターに何も書き込んでいません。',
    made: {
      settings: '設定、ウォレットアドレス、プール',
      history: 'マイニングの履歴',
      logs: 'ログ',
      tuning: '性能の測定結果',
      marker: 'マイニング中を示す印',
      window: 'ウィンドウの大きさと位置',
      loginItem: 'ログイン時に開く設定',
      browser: 'ウィンドウのキャッシュ',
      lock: 'アプリの動作中を示す印',
      update: 'ダウンロードした新しいバージョン',
      folder: 'アプリのフォルダー',
    },
    keep: {
      settings: '設定、ウォレットアドレス、プールを残す',
      history: '履歴を残す',
      tuning: '性能の測定結果を残す（ターミナル版のマイナーも使います）',
    },
    foreign: 'アプリが作成したものではないため、そのまま残します：{{names}}',
    confirm: 'マイニングを停止して削除',
    removing: '削除しています…',
    doneTitle: 'Ibctminer の後片付けが終わりました',
    partlyTitle: '削除できなかったものがあります',
    doneText: '今すぐ終了してください。ほかの操作をすると、一部がまた書き込まれます。',
    fates: {
      removed: '削除済み',
      kept: '残しました',
      atQuit: '終了時に消えます',
      afterQuit: '終了後に削除してください',
      failed: '削除できませんでした：{{problem}}',
    },
    programTitle: 'プログラム本体',
    program: {
      deb: 'システムのパッケージマネージャーでインストールされています。削除するには：',
      appImage: '単一のファイルです。削除するには：',
      folder: '展開したフォルダーです。削除するには：',
      nsis: 'Windows の「インストールされているアプリ」で削除するか、次のコマンドを使ってください：',
      mac: 'ゴミ箱に入れるか、次のコマンドで削除してください：',
      source: 'ソースツリーから動いています。削除するには：',
    },
    hugePagesTitle: 'ヒュージページ',
    hugePages_other:
      '{{count}} 個のヒュージページが確保されています。アプリが指示なしに確保することは決してありません。マイニングのために確保した場合、元に戻すには：',
    quit: '終了',
  },
  close: {
    title: 'Ibctminer を閉じますか？',
    mining: 'トレイにアイコンを表示して、バックグラウンドでマイニングを続けられます。',
    idle: 'アプリはトレイに残れます。現在、マイニングはしていません。',
    noTray:
      'このデスクトップにはシステムトレイがないため、アプリはバックグラウンドで動作を続けられません。',
    background: 'バックグラウンドで動作を続ける',
    quit: '終了',
    quitMining: 'マイニングを停止して終了',
    remember: 'この選択を記憶する',
  },
  problem: {
    internal: 'アプリの内部で問題が発生しました：{{reason}}',
    poolUrlEmpty: 'pool.example.com:3333 のように、プールのアドレスを入力してください。',
    poolUrlWebPage:
      '{{scheme}}:// はウェブページです。そのページで、pool.example.com:3333 のようなプールのマイニング用ポートのアドレスを探してください。自分の monerod の場合は daemon+http://host:port と書いてください。',
    poolUrlScheme:
      '{{scheme}}:// には対応していません。host:port、stratum+tcp://host:port、stratum+ssl://host:port のいずれかで書いてください。',
    poolUrlHost:
      '「{{host}}」は有効なホスト名またはアドレスではありません。つづりを確認してください。',
    poolUrlHostMissing:
      'ホストがありません。pool.example.com:3333 のように host:port の形で書いてください。',
    poolUrlBrackets: 'IPv6 アドレスは角括弧で囲んでください：[{{address}}]:3333。',
    poolUrlPort: '「{{port}}」は有効なポートではありません。ポートは 1 から 65535 までの数値です。',
    poolUrlPortMissing:
      'ポートがありません。pool.example.com:3333 のように host:port の形で書いてください。',
    poolUrlLogin:
      'アドレスはログイン情報なしで書いてください：{{place}}。ログイン情報には専用の欄があります（ターミナルでは --login と --pass）。',
    connectionTimedOut:
      '{{place}} が時間内に応答しませんでした。ホスト、ポート、インターネット接続を確認してください。',
    connectionRefused: '{{place}} が接続を拒否しました。ポートを確認してください。',
    connectionFailed:
      '{{place}} に接続できませんでした（{{reason}}）。ホスト、ポート、インターネット接続を確認してください。',
    hostUnreachable:
      'ここからは {{place}} に到達できません。インターネット接続を確認してください。',
    hostNotFound: '{{host}} が見つかりませんでした。つづりを確認してください。',
    nameServersSilent:
      '{{host}} の名前を解決できませんでした。ネームサーバーの応答がありません。インターネット接続を確認してください。',
    proxyUnreachable: 'プロキシを使えませんでした。{{why}}',
    proxyFailed:
      'プロキシが {{place}} に接続できませんでした（{{reason}}）。プールのアドレスとプロキシのログを確認してください。',
    tlsFailed:
      '{{place}} が TLS で応答しませんでした。TLS をオフにするか、プールの TLS ポートを使ってください。',
    tlsExpected: 'これは TLS ポートです。このプールの TLS をオンにしてください。',
    certificateNotTrusted:
      '証明書が信頼されていません。{{why}}フィンガープリントが {{fingerprint}} だと確かにわかっている場合にのみ信頼し、そうでなければ別のプールを選んでください。',
    certificateNotPinned:
      '証明書が、固定したものと異なります。本来は {{pinned}}、実際は {{found}} です。何者かが通信を傍受している可能性があります。新しい証明書が告知されていた場合は、それを固定してください。',
    certificateChanged:
      '証明書が {{first}} から {{found}} に変わり、新しい証明書を保証する既知の認証局がありません。何者かが通信を傍受している可能性があります。自分の P2Pool を再起動したためなら、マイニングを開始し直すと信頼されます。',
    certificateExpired: '{{day}} に期限が切れています。',
    certificateNotYetValid:
      '{{day}} より前は無効です。このコンピューターの時計を確認してください。',
    certificateSelfSigned: '自己署名証明書です。',
    certificateUnknownAuthority: 'このコンピューターが知る認証局は、どれも保証していません。',
    certificateOfAnother: '{{name}} ではなく、{{names}} に対して発行されたものです。',
    certificateUnverified: '検証できませんでした（{{reason}}）。',
    loginTimedOut: 'プールが {{waitMs, duration}} 以内にログインに応答しませんでした。',
    loginTooLong: 'ログイン名、パスワード、リグ名が合わせて長すぎます。短くしてください。',
    loginMalformed: 'プールはログインを受け付けましたが、セッション ID を返しませんでした。',
    sessionIdTooLong: 'プールのセッション ID が長すぎて、送り返せません。',
    loginRefused:
      'プールがログインを拒否しました：「{{said}}」。ウォレットアドレスとプールの設定を確認してください。',
    loginFailed: 'プールがログインを拒否しました：「{{said}}」。',
    loginFailedSilently: 'プールがログインを拒否しました。理由は示されていません。',
    poolNotReady: 'プールは今、ログインを受け付けられません：「{{said}}」。',
    banned: 'プールがこのコンピューターからの接続を一時的に禁止しています：「{{said}}」。',
    sessionLost: 'プールがこのセッションを覚えていません：「{{said}}」。',
    noJob:
      'プールはログインを受け付けましたが、{{waitMs, duration}} 以内にジョブを送ってきませんでした。',
    noJobForLong: 'プールが {{waitMs, roughly}} の間、ジョブを送ってきていません。',
    sharesUnanswered_other: 'プールが直近の {{count}} シェアに応答しませんでした。',
    noShareCounts_other: '直近の {{count}} シェアは有効になりませんでした。{{why}}',
    sharesRefusedForNow:
      'シェアが 5 回続けて拒否されました。{{why}}アプリは後でこのプールをもう一度試します。',
    sharesRefused:
      'シェアが 5 回続けて拒否されました。{{why}}このコンピューターの計算結果が誤っている可能性があるため、このプールでのマイニングを停止しました。オーバークロックをすべて解除するか、別のプールを試してください。',
    poolNotReading: 'プールが、送られたデータを読まなくなりました。',
    tooMuchData: 'プールが、通常ではありえない量のデータを送ってきます。ポートを確認してください。',
    lineTooLong: 'プールが終わりのない行を送ってきました。ポートを確認してください。',
    notStratum: 'プールが stratum プロトコルで通信していません。ポートを確認してください。',
    webServer: 'このポートはウェブサーバーのものです。プールのマイニング用ポートを探してください。',
    closed: 'プールが接続を閉じました。',
    closedAtOnce: 'プールが応答せずに接続を閉じました。',
    closedAtOnceTlsPerhaps:
      'プールが応答せずに接続を閉じました。これが TLS ポートなら、このプールの TLS をオンにしてください。',
    connectionBroken: 'プールが接続を切断しました。',
    connectionDied: '接続が途絶えました。プールが応答しなくなりました。',
    connectionEnded: '接続が終了しました（{{reason}}）。',
    connectionRenewed:
      'コンピューターがスリープしていたか、ネットワークが変わりました。再接続しています。',
    jobMalformed:
      'プールが送ってきたジョブの {{member}} が、欠けているか壊れています。ジョブは無視しました。',
    jobsMalformed: 'プールが壊れたジョブを送ってきます。{{why}}',
    jobIdTooLong: 'プールが送ってきたジョブの ID が長すぎて、送り返せません。',
    algorithmUnknown:
      'プールが「{{said}}」のジョブを送ってきましたが、これは Monero のアルゴリズムではありません。別のプールかポートを選んでください。',
    algorithmNotWanted:
      'プールが {{algorithm}} のジョブを送ってきましたが、マイニングしてよいのは {{wanted}} だけです。別のプールかポートを選んでください。',
    blockVersionUnknown:
      'プールがバージョン {{version}} のブロックを送ってきましたが、このアプリではマイニングできません。別のプールかポートを選んでください。',
    blockLayoutUnknown:
      'プールが未知の構造のブロックを送ってきました。別のプールかポートを選ぶか、このアプリの更新を探してください。',
    seedHashMissing:
      'プールがシードハッシュのない RandomX ジョブを送ってきました。これは誰にもマイニングできません。別のプールかポートを選んでください。',
    jobGone: 'シェアのジョブは以前の接続のものです。',
    jobWithdrawn: 'プールが、シェアのジョブをマイニングできないものに置き換えました。',
    difficultyRaised: 'プールが後からこのジョブの難易度を上げました。',
    blockChanged: 'シェアが見つかる前に、プールが別のブロックに移りました。',
    shareBelowTarget: 'エンジンが、ターゲットに届かないシェアを見つけました。送信していません。',
    shareNonceDiffers: 'シェアのナンスが、blob の中のナンスと異なります。送信していません。',
    shareNonceReserved:
      'シェアのナンスが、プール用に予約されたバイトを使っています。送信していません。',
    shareRepeated: '同じシェアが 2 回見つかりました。送信したのは 1 回です。',
    tooManyShares:
      'プールが求めるシェアあたりの計算量が少なすぎるため、このシェアは送信していません。',
    notConnected: 'シェアを送るための接続がありませんでした。',
    shareUnanswered: 'プールが 1 分以内にこのシェアに応答しませんでした。',
    shareCutOff: 'プールがこのシェアに応答する前に、接続が終了しました。',
    poolLeft: 'プールがこのシェアに応答する前に、アプリがプールを離れました。',
    shareLate: 'シェアがプールに届くのが遅すぎました：「{{said}}」。',
    shareRefused: 'プールがシェアを拒否しました：「{{said}}」。',
    shareRefusedSilently: 'プールがシェアを拒否しました。理由は示されていません。',
    poolGivesNoWork: 'このプールはジョブを出していませんが、リストの別のプールは出しています。',
    earlierPoolWorks: 'リストの上位のプールが復旧しました。',
    noPoolLeft: 'リストに使えるプールがありません。{{why}}',
    nodeUrlEmpty: '127.0.0.1:18081 のように、monerod のアドレスを入力してください。',
    nodeUrlScheme:
      '{{scheme}}:// では monerod に接続できません。host:port、http://host:port、https://host:port のいずれかで書いてください。',
    nodeUrlLogin:
      'このアドレスのログイン情報を読み取れません。user:password@host:port の形で、@ は %40、: は %3A、/ は %2F、% は %25 と書いてください。',
    nodeUrlPath:
      'ノードのアドレスの後の「{{path}}」は有効なパスではありません。取り除いてください。',
    nodeUrlQuery:
      '「{{query}}」には対応していません。アドレスの後に付けられるのは ?zmq=PORT（monerod の --zmq-pub のポート）だけです。',
    nodeLoginNeeded:
      'ノードがログインを求めています。--rpc-login のユーザー名とパスワードを入力してください。',
    nodeLoginRefused: 'ノードがユーザー名またはパスワードを拒否しました。両方を確認してください。',
    nodeLoginUnknown: 'ノードの手前にあるサーバーが、対応していない方式のログインを求めています。',
    nodeLoginInClear:
      'ノードの手前にあるサーバーが、パスワードを平文で求めています。誰にも読まれないように TLS（https://）を使ってください。',
    nodeRefused: 'ノードの応答：「{{said}}」。',
    nodeHttpStatus:
      'ノードが HTTP ステータス {{status}} を返しました。monerod の RPC ポートであることと、パスがあればそのパスを確認してください。',
    nodeNotMonerod:
      'そこで応答しているのは monerod ではありません（要求：{{asked}}）。monerod の RPC ポートであることを確認してください。',
    nodeAnswerTooLong:
      'ノードの応答が長すぎます。monerod の RPC ポートであることを確認してください。',
    nodeTimeout: 'ノードが {{limitMs, duration}} 以内に応答しませんでした。',
    nodeClosed:
      '{{place}} が応答せずに接続を閉じました。monerod が動いていることと、これがその RPC ポートであることを確認してください。TLS（https://）が必要な可能性もあります。',
    nodeNotHttp:
      '{{place}} は HTTP で通信していません。monerod の RPC ポートであることを確認してください。TLS（https://）が必要な可能性もあります。',
    nodeConnectionLost: '{{place}} への接続に失敗しました（{{reason}}）。',
    nodeWrongNetwork:
      'ノードは {{nodeNetwork}} ですが、ウォレットアドレスは {{network}} のものです。アドレスと同じネットワークのノードを使ってください。',
    nodeSyncing: 'ノードはまだ同期中です。終わるとマイニングが自動で始まります。',
    nodeSyncingAt:
      'ノードはまだ同期中です（ブロック {{height, integer}} / {{target, integer}}）。終わるとマイニングが自動で始まります。',
    nodeUntrusted:
      'ノードはまだ同期中で、別のノードの情報を中継しているため、ブロックを公開できません。終わるとマイニングが自動で始まります。',
    nodeAddressRefused:
      'ノードがこのウォレットアドレスを受け付けません。アドレスを確認してください。',
    nodeSubaddress:
      'ソロマイニングには、4 で始まるプライマリアドレスが必要です。これはサブアドレスです。',
    nodeIntegrated:
      'ノードは統合アドレスのペイメント ID を捨てるため、報酬が誰のものか、誰にもわからなくなります。ソロマイニングにはプライマリアドレスが必要です。',
    nodeOldBlock:
      'ノードが、RandomX より前のバージョン {{version}} のブロックを求めています。ノードが同期済みであることを確認してください。',
    nodeUnknownLayout:
      'ノードが未知の構造のブロックを求めています（バージョン {{version}}）。このアプリの更新を探してください。',
    nodeOtherAlgorithm:
      'ノードは {{algorithm}} を求めていますが、マイニングしてよいのは {{only}} だけです。',
    nodeUnproven:
      '{{host}} が自分のノードであることを証明するものがありません。間にいる人なら誰でも、他人に報酬が支払われるジョブを渡せます。信頼する証明書とともに TLS を使ってください。',
    nodeNoPublisher: '{{place}} は monerod の ZMQ パブリッシャーではありません。',
    nodeNotAnnouncing:
      'ノードが新しいブロックを通知しないため、アプリが 1 秒に 1 回問い合わせます。monerod の --zmq-pub を確認してください。{{reason}}',
    blockSuperseded: 'チェーンには、この解のもとになったものより新しいブロックがあります。',
    blockTemplateUsed: 'このブロックにはすでに解があります。2 つ目はチェーンに加われません。',
    blockTooEasy: 'ハッシュがブロックの難易度に届いていません。',
    blockOrphaned: '同じ高さの別のブロックが先に届きました。',
    blockMissing: 'ノードはブロックを受け付けましたが、保持していません。',
    blockUndelivered: 'ブロックを間に合うように届けられませんでした。{{reason}}',
    blockUnanswered: 'ノードがこの解に応答する前に、アプリがノードを離れました。',
    practiceNoServer: 'このコンピューターで練習用プールを起動できませんでした：{{reason}}。',
    addressMissing: '自分の Monero アドレスを入力してください。',
    addressOtherCoin:
      '{{coin}} のアドレスのようです。4 または 8 で始まる Monero アドレスを入力してください。',
    addressIsSecret:
      'シードフレーズまたは秘密鍵のようです。決して誰にも渡さないでください。これを手に入れた人は誰でも、あなたのお金を奪えます。4 または 8 で始まるウォレットアドレスを入力してください。',
    addressIsName:
      '「{{name}}」は名前であり、アドレスではありません。アプリは名前を解決しません。ウォレットに表示される Monero アドレスそのものを入力してください。',
    addressWithMail:
      'アドレスの後にワーカー名またはメールアドレスが付いています。アドレスだけを入力してください。プールのログイン名にほかの情報も必要な場合は、ログイン名の欄（ターミナルでは --login）を使ってください。',
    addressGap_other:
      '{{count}} 文字目の後に空白または改行があります。アドレスを切れ目なくコピーし直してください。',
    addressForeign:
      '{{position}} 文字目が誤っています。「{{character}}」は Monero アドレスには現れません。アドレスをコピーし直してください。',
    addressInvisible:
      '{{position}} 文字目が見えない文字（{{character}}）で、アドレスの一部ではありません。前後に何も含めずにアドレスをコピーし直してください。',
    addressTooShort_other:
      'Monero アドレスとしては短すぎます。95 文字のうち {{count}} 文字足りません。アドレス全体をコピーし直してください。',
    addressOneTooMany:
      '1 文字多すぎます。アドレスは 95 文字です。アドレス全体をコピーし直してください。',
    addressTooLong:
      '{{length}} 文字あります。Monero アドレスは 95 文字、統合アドレスは 106 文字です。アドレス全体をコピーし直してください。',
    addressWrongCharacter:
      '1 文字誤っています：{{position}} 文字目です。ウォレットからアドレスをコピーし直してください。',
    addressSwapped:
      '隣り合う 2 文字が入れ替わっています：{{first}} 文字目と {{second}} 文字目です。ウォレットからアドレスをコピーし直してください。',
    addressChecksum:
      'アドレスに誤った文字があります。チェックサムが一致しません。ウォレットからアドレスをコピーし直してください。',
    addressUnknownKind:
      'チェックサムは正しいものの、Monero アドレスではありません。ウォレットからアドレスをコピーし直してください。',
    addressTestNetwork:
      'これは {{network}} のアドレスで、実際のお金は入りません。Monero メインネットのアドレスを入力してください。',
    addressWrongNetwork:
      'これは {{network}} のアドレスです。{{wanted}} のアドレスを入力してください。',
    addressLinkOfWallet:
      'このリンクにはウォレットの鍵が含まれています。決してどこにも貼り付けないでください。4 または 8 で始まるアドレスだけを入力してください。',
    addressLinkMalformed:
      'この支払いリンクを読み取れません。4 または 8 で始まるアドレスだけを入力してください。',
    addressLinkPaymentId:
      'この支払いリンクには、マイニングでは渡せないペイメント ID が含まれているため、報酬が失われるおそれがあります。自分のウォレットのアドレスを使ってください。',
    pictureUnreadable: '画像を読み取れませんでした：{{reason}}。別の画像を選んでください。',
    pictureTooLarge:
      'この画像は大きすぎます。上限は 10 MB、4000 万画素です。QR コードの部分を切り抜いて、もう一度試してください。',
    pictureUnknown:
      'PNG または JPEG 画像でないか、壊れています。QR コードをいずれかの形式で保存して、もう一度試してください。',
    pictureWithoutQr:
      'この画像に QR コードが見つかりませんでした。QR コードの部分を切り抜くか、アドレスを貼り付けてください。',
    walletRig: 'ドットの後のリグ名には、英字、数字、「-」、「_」を 1～31 文字使えます。',
    walletDifficulty:
      '「+」の後には、ADDRESS+10000 のように、シェアの難易度を整数で書いてください。',
    engineMissing:
      'マイニングエンジンがありません。アプリをインストールし直すか、リポジトリで「npm run set-up」を実行してください。',
    engineChanged:
      'マイニングエンジンがビルド後に変更されているため、読み込みませんでした。アプリをインストールし直すか、リポジトリで「npm run set-up」を実行してください。',
    engineOutOfMemory:
      'メモリーの空きが足りません。軽量モードには約 256 MiB、高速モードには約 2.3 GiB が必要です。ほかのプログラムを閉じて、開始し直してください。',
    enginePagesUnavailable:
      '要求されたサイズのメモリーページがシステムに足りません。「auto」を選んでください。',
    engineSelfTestFailed:
      'エンジンがセルフテストで誤ったハッシュを計算したため、マイニングしません。CPU の型番を添えて報告してください。',
    engineThreadRefused:
      'システムがこれ以上のスレッドを拒否しました。スレッド数を減らしてください。',
    engineCpuUnsupported: 'この CPU には、エンジンに必要な命令セットがありません。',
    engineAlgorithmUnknown:
      'このバージョンのエンジンは、このアルゴリズムを知りません。アプリを更新してください。',
    engineFault: 'マイニングエンジンで障害が発生しました：{{reason}}',
    engineWarning: 'マイニングエンジンは動作を続けていますが、次の報告があります：{{reason}}',
    fastModeNeedsMemory:
      '高速モードには約 2.3 GiB の空きメモリーが必要ですが、このコンピューターには今それだけの空きがありません。軽量モードでマイニングを続けます。速度は数分の一です。',
    fastPathWrong:
      '高速なハッシュ計算方法の 1 つがセルフテストで誤ったハッシュを計算したため、使用しません。CPU の型番を添えて報告してください。',
    generatedCodeForbidden:
      'システムが生成コードを禁止しているため、ずっと遅いインタープリターを使います。セキュリティソフトで、このアプリに生成コードの実行を許可してください。',
    wrongShare:
      '再計算でシェアの誤りがわかったため、送信していません。CPU またはメモリーが不安定です。オーバークロックをすべて解除し、温度を確認してください。',
    shareUnchecked:
      'シェアを発見しましたが、検証に必要なメモリーの空きが足りず、送信していません。ほかのプログラムを閉じてください。',
    keyWaits:
      'ネットワークの新しい鍵に必要なメモリーの空きが足りません。約 256 MiB 空くと、マイニングは自動で再開します。ほかのプログラムを閉じてください。',
    fewerThreads:
      'システムが一部のスレッドまたはそのメモリーを拒否しました。残りのスレッドでマイニングを続けます。',
    uncleanExit:
      '自動では開始していません。前回、Ibctminer が正常に終了しませんでした。マイニングするには「マイニング開始」を押してください。',
    noPlan: 'マイニングする先がまだありません。先にプールか練習を選んでください。',
    noJobYet: 'ログインしました。最初のジョブを待っています。',
    noncesExhausted: 'このジョブのナンスをすべて試しました。次のジョブを待っています。',
    stalled:
      'ハッシュ計算スレッドが 10 秒間、1 つもハッシュを完了していません。コンピューターが非常に忙しいか、スリープしていた可能性があります。',
    answerNotAwaited: 'このシェアへの応答が来る前に、マイニングが停止しました。',
    consentMissing: '先に、このコンピューターでのマイニングに同意してください。',
    noPool: '先にプールか練習を選んでください。',
    noWallet: '先に、報酬を受け取る Monero アドレスを入力してください。',
    measuring: 'このコンピューターを測定しています。終わるまで待つか、中止してください。',
    notStarted: 'マイニングを開始できませんでした。もう一度「マイニング開始」を押してください。',
    quitting: 'Ibctminer は間もなく終了します。マイニングするには開き直してください。',
    miningNow: '先にマイニングを停止してください。マイニング中は測定結果がゆがみます。',
    oldConsent: '文面が変わりました。同意する前に、もう一度お読みください。',
    noTrial: 'フルパワーはすでに終わりました。維持するには、もう一度試してください。',
    noPermission: '権限がありません',
    diskReadOnly: 'ディスクが読み取り専用です',
    diskFull: 'ディスクがいっぱいです',
    fileTooLarge: 'ファイルが大きすぎます',
    notAFile: 'ファイルではありません',
    systemSaid: 'システムからの応答は {{said}} です',
    notJson: '{{line}} 行目の {{column}} 桁目が有効な JSON ではありません',
    settingsWrong: '「{{where}}」が誤っています',
    notSettings: 'ファイルに設定が含まれていません',
    settingsFromNewer: 'このアプリの新しいバージョンで書かれています',
    settingsSetAside:
      '設定を読み込めませんでした：{{fault}}。アプリは新しい設定で起動し、古いファイルを {{aside}} として残しました。',
    settingsUnusable:
      '{{file}} の設定を読み込めませんでした：{{reason}}。アプリは新しい設定で起動し、そのファイルには手を付けません。そのため、変更は終了するまでしか保持されません。ファイルまたはその権限を直してから、アプリを起動し直してください。',
    settingsNotKept:
      '設定の変更は終了するまでしか保持されません。{{folder}} に書き込めません（{{reason}}）。',
    settingsUnwritable:
      '設定を {{file}} に保存できませんでした：{{reason}}。空き容量と権限を確認して、もう一度試してください。',
    tuningUnwritable:
      '測定結果を {{file}} に保存できませんでした：{{reason}}。空き容量と権限を確認して、もう一度測定してください。',
    historyUnwritable:
      '履歴を {{folder}} に保存できませんでした：{{reason}}。マイニングは続きます。履歴は、保存できるようになるまで最大 1 日分がメモリーに残ります。',
    historyUndeletable:
      '{{folder}} の履歴を削除できませんでした：{{reason}}。中のファイルの権限を確認して、もう一度試してください。',
    exportUnwritable:
      '履歴を {{file}} に書き出せませんでした：{{reason}}。別のフォルダーを選ぶか、空き容量を増やしてください。',
    logUnwritable:
      'ログを {{folder}} に保存できませんでした：{{reason}}。マイニングは続き、最近の行はメモリーに残ります。',
    logUnexportable:
      'ログを {{file}} に書き出せませんでした：{{reason}}。別のフォルダーを選ぶか、空き容量を増やしてください。',
    folderUnopenable: 'フォルダー {{folder}} を開けませんでした：{{said}}。',
    historyDamaged: '{{file}} の履歴の一部を読み込めず、除外しました。残りは問題ありません。',
    addressReplaced:
      '設定ファイルのウォレットアドレスが何者かに変更されました。マイニングは、確認済みのアドレスのために続きます。',
    markerUnwritable:
      '{{file}} に書き込めませんでした（{{reason}}）。マイニング中にアプリがクラッシュしても、次回の起動時にそれを検知できません。',
    markerUnremovable:
      '{{file}} を削除できませんでした（{{reason}}）。次回の起動時に、アプリがクラッシュしたと判断されます。',
    badInput: 'ウィンドウが、アプリの知らない要求をしました（{{channel}}：{{reason}}）。',
    untrustedSender: 'このページから Ibctminer を操作することはできません。',
    placeIsOfNode:
      'これはノードのアドレスです。ここでマイニングするには「自分のノード」を選んでください。',
    placeIsOfPool: 'これはプールのアドレスで、ノードのアドレスではありません。',
    loginItemUnwritable:
      'ログイン時に開く設定を変更できませんでした（{{reason}}）。システムの設定で変更してください。',
    optionUnknown: '「{{option}}」というオプションはありません。--help を見てください。',
    optionTakesNoValue: '--{{name}} は値を取りません。',
    optionNeedsValue: '--{{name}} には値が必要です：--{{name}} {{value}}。',
    optionTwice: '--{{name}} が 2 回指定されています。1 回だけ指定してください。',
    optionInvalid: '--{{name}}：{{reason}}',
    optionNotWith: '--{{name}} は --{{other}} と併用できません。取り除いてください。',
    optionNotWithFile:
      'ファイルでプールとそのログイン情報が指定されているため、--{{name}} は併用できません。--pool も指定するか、ファイルを変更してください。',
    placeMissing:
      'マイニングする先を指定してください：--pool HOST:PORT、--daemon URL、--practice のいずれか（--help を参照）。',
    placesTooMany: '--{{one}} と --{{other}} は、どちらか一方を選んでください。',
    nodeLoginInUrl:
      'ノードのログイン情報は --{{name}} ではなく URL に書きます：--daemon http://USER:PASSWORD@HOST:PORT。',
    poolIsNode:
      '--pool：「{{url}}」は monerod のアドレスです。代わりに --daemon を使ってください。',
    walletMissingForNode:
      'monerod でのマイニングには、報酬を受け取る --wallet ADDRESS が必要です。',
    walletMissingForPool:
      'プールでのマイニングには --wallet ADDRESS（または --login TEXT）が必要です。',
    walletAndLogin: '--wallet と --login は、両方ではなくどちらか一方を指定してください。',
    nodeNeedsPrimaryAddress:
      '--wallet：monerod でのマイニングには、プライマリアドレスだけを指定してください。4 で始まる 95 文字です。',
    fingerprintInvalid: '--tls-fingerprint には、証明書の SHA-256（16 進数 64 桁）を指定します。',
    algorithmNeedsPool: '--algo {{algorithm}} には、そのジョブを出す --pool が必要です。',
    threadsInvalid:
      'このコンピューターでは --threads に 1 から {{most}} までの数値を指定します。「{{given}}」は使えません。',
    choiceInvalid:
      '--{{name}} には {{choices}} のいずれかを指定します。「{{given}}」は使えません。',
    durationInvalid:
      '--duration には 0 より大きく {{most}} 以下の秒数を指定します。「{{given}}」は使えません。',
    tuneNotWith: '--tune は測定だけを行い、マイニングしないため、--{{name}} と併用できません。',
    apiTokenAlone: '--api-token は HTTP API 用です。ポートも指定してください：--api-port N。',
    apiPortInvalid:
      '--api-port には 1 から 65535 までの数値を指定します。「{{given}}」は使えません。',
    apiTokenInvalid:
      'HTTP API には --api-token TEXT が必要です。空白を含まない {{least}} 文字以上の ASCII 文字で、読み取る側が送信します。',
    configTooLong: 'ファイル「{{file}}」は、オプションの一覧としては大きすぎます。',
    configUnreadable: 'ファイル「{{file}}」を読み込めませんでした：{{reason}}',
    configNotJson:
      'ファイル「{{file}}」は有効な JSON ではありません（{{line}} 行目、{{column}} 桁目）。{"practice": true} のように書いてください。',
    configNotAnObject:
      'ファイル「{{file}}」は、{"practice": true} のような 1 つのオブジェクトか、XMRig の config.json でなければなりません。',
    configUnknownOption:
      '「{{file}}」の「{{name}}」というオプションはありません。--help にある名前を使ってください。',
    configNoFlag: '「{{file}}」の「{{name}}」は true か false でなければなりません。',
    configNoText: '「{{file}}」の「{{name}}」は、{{wanted}} のようなテキストでなければなりません。',
    fileMissing: 'そのようなファイルはありません。',
    fileForbidden: '読み取る権限がありません。',
    fileIsFolder: 'フォルダーです。',
    fileFault: 'システムからの応答は {{code}} です。',
    xmrigNoPool: 'XMRig のファイルに、有効になっているプールがありません。',
    xmrigNoUrl: 'アドレスがありません。',
    xmrigPoolSkipped: 'XMRig のファイルのプール「{{pool}}」を除外しました：{{reason}}',
    xmrigNotOurs: 'ここでは「{{what}}」をマイニングできません。',
    xmrigSelfSelect: '独自のブロックテンプレートのマイニング（self-select）には対応していません。',
    xmrigPrivateKey:
      'XMRig のファイルに秘密鍵（spend-secret-key）が含まれています。Ibctminer が秘密鍵を読むことは決してありません。ファイルから削除して、もう一度試してください。',
    xmrigCpuOff:
      'XMRig のファイルで CPU マイニングがオフになっていますが、Ibctminer は CPU でしかマイニングしません。',
    xmrigIgnored: 'XMRig のファイルの次の設定は、ここでは効果がありません：{{names}}。',
    xmrigDonation: 'XMRig の寄付率の設定は効果がありません。ここには寄付も手数料もありません。',
    xmrigPriority:
      'XMRig のファイルの内容にかかわらず、ここではハッシュ計算スレッドの優先度は常に最低です。',
    xmrigMsr:
      'Ibctminer は CPU レジスター（wrmsr）を決して変更しません。XMRig は root で実行すると変更し、数パーセント速くなります。',
    xmrigGpu: 'Ibctminer は CPU でのみマイニングします。OpenCL と CUDA は除外しました。',
    xmrigPauses:
      'バッテリー使用中やコンピューターの使用中の一時停止は、デスクトップアプリの機能です。',
    xmrigApiNotLocal:
      'XMRig のファイルの HTTP API は {{host}} で待ち受けます。ここではこのコンピューターにしか応答しないため、オフのままにします。--api-port を使ってください。',
    xmrigApiToken:
      'XMRig のファイルの HTTP API に {{least}} 文字以上のアクセストークンがないため、オフのままにします。--api-port と --api-token を使ってください。',
    xmrigApiReadOnly: 'ここでは HTTP API は読み取り専用です。',
    apiPortTaken:
      'ポート {{port}} はすでに使われています。HTTP API には別のポートを選んでください。',
    apiCannotListen:
      'HTTP API がポート {{port}} で待ち受けできませんでした（{{reason}}）。別のポートを選んでください。',
    releaseKeyNone: 'このビルドにはリリース用の鍵がないため、本物かどうかを見分けられません。',
    signatureUnreadable: '署名を読み取れないため、署名の対象となるものは一切信頼しません。',
    signatureForeign: 'ファイルが Ibctminer の鍵で署名されていないため、信頼しません。',
    signatureWrong: '署名が一致しません。ファイルが署名後に変更されています。',
    releaseUnreadable: '最新バージョンについてのサーバーの応答を読み取れません。',
    fileListForeign: 'ファイルの一覧は署名されていますが、このバージョンのものではありません。',
    comparingNeedsMemory:
      '比較には、2 つのデータセットのために 5 GiB の空きメモリーが必要です。現在の空きは {{bytes, gibibytes}} です。ほかのプログラムを閉じて、もう一度試してください。',
    commandFailed: 'コマンドが失敗しました：{{said}}',
    commandGone: 'このコマンドは、もうこのコンピューターに合いません。再確認してください。',
    promptOpen: 'システムの確認画面がすでに開いています。先にそちらに答えてください。',
    comparingEnded: '測定は完了する前に中止されました。',
    tariffUnreadable: '{{file}} を読み込めませんでした：{{reason}}。別のファイルを選んでください。',
    tariffColumns:
      '{{line}} 行目には 07:00;0,25 のように時刻と価格が必要ですが、「{{text}}」となっています。ファイルからは何も取り込んでいません。',
    tariffHour:
      '{{line}} 行目：「{{text}}」は、7 や 07:00 のような 0 ～ 23 の正時ではありません。ファイルからは何も取り込んでいません。',
    tariffPrice:
      '{{line}} 行目：「{{text}}」は、0.25 や 0,25 のような価格ではありません。ファイルからは何も取り込んでいません。',
    tariffTwice:
      '{{line}} 行目に {{hour}} 時の 2 つ目の価格があります。1 日分の 24 時間だけを残してください。ファイルからは何も取り込んでいません。',
    tariffMissing:
      'ファイルに次の時間の価格がありません：{{hours}}。1 日 24 時間分がすべて必要です。ファイルからは何も取り込んでいません。',
    poolApiFailed: '{{host}} に残高を問い合わせできませんでした。{{why}}',
    poolApiStatus: 'HTTP ステータス {{status}} が返されました。後でもう一度試してください。',
    poolApiRedirects:
      '別のサーバーへ転送されましたが、アプリは転送に従いません。プールの Web API が移転した可能性があります。',
    poolApiTooLong: '応答が {{size}} バイトを超えているため、読み取りませんでした。',
    poolApiSilent: '{{seconds}} s 以内に応答が完了しませんでした。後でもう一度試してください。',
    poolApiBroken: '接続が切れました（{{reason}}）。後でもう一度試してください。',
    poolApiStrange:
      '応答がこのアプリの想定と異なります。プールの Web API が変更された可能性があります。',
    poolApiNoAddress:
      'プールはまだこのアドレスを認識していません。プールでの最初のシェアの後に認識されます。',
    releaseServer:
      '更新サーバー {{host}} に問い合わせできませんでした（{{reason}}）。後でもう一度試してください。',
    updateChanged:
      'ダウンロードしたものが署名されたものと異なるため、削除しました。もう一度試し、それでもだめならダウンロードページを確認してください。',
    updateNotHere:
      'インストールするものがまだありません。先に新しいバージョンをダウンロードしてください。',
    updateAwaitsBlock:
      'ブロックを自分のノードに送っているところです。届いてからインストールしてください。',
    updateNotOpened: 'システムが {{file}} を開けませんでした（{{said}}）。',
  },
  why: {
    needsConsent:
      'マイニングしていません。このコンピューターでのマイニングにまだ同意していません。',
    notStartedYet: 'まだマイニングしていません。「マイニング開始」を押すと始まります。',
    stoppedByUser: '手動で停止しました。',
    over: '停止しました。今回の実行は終わりました。',
    quitting:
      '発見したブロックをノードが受け取り次第、終了します。ブロックをあきらめるには、もう一度終了してください。',
    connecting: 'プールまたはノードに接続しています。',
    preparing: '最初のハッシュを準備しています。',
    building: {
      only: 'データセットを構築中、{{progress, percent}}。',
      mining: 'データセットを構築中、{{progress, percent}}。その間は軽量モードでマイニングします。',
      practising:
        'データセットを構築中、{{progress, percent}}。その間は軽量モードで練習します。収益はありません。',
    },
    mining: {
      fast: '高速モードでマイニング中です。',
      light: '軽量モードでマイニング中です。',
    },
    practising: {
      fast: '高速モードで練習中です。収益はありません。',
      light: '軽量モードで練習中です。収益はありません。',
    },
    paused: '一時停止中：{{reasons}}。',
    pausedFor: '一時停止中：{{reason}}、あと {{remainingMs, duration}}（{{end}} まで）。',
    held: {
      heat_other: '過熱を防ぐため {{count}} スレッドに抑えています。',
      watts_other: '電力を節約するため {{count}} スレッドに抑えています。',
    },
    notScheduledYet: 'スケジュールに従い、{{end}} まで待機中です。',
    neverScheduled: 'マイニングしていません。スケジュールに時間帯がありません。',
    reasonUntil: '{{reason}}（{{end}} まで）',
    pausedBecause: {
      user: '手動',
      snooze: '時間指定',
      battery: 'バッテリー使用中',
      inUse: 'コンピューター使用中',
      schedule: 'スケジュールの時間外',
      heat: 'CPU の過熱',
      fullScreen: '全画面のプログラムが実行中',
      metered: '従量制課金接続',
      listedProcess: 'リストのプログラムが実行中',
    },
    goesOn: {
      user: '「再開」を押すと続けます。',
      battery: '電源につなぐと再開します。',
      inUse: 'コンピューターが使われなくなると再開します。',
      heat: '温度が下がると再開します。',
      fullScreen: '全画面を終えると再開します。',
      metered: '別の接続に切り替えると再開します。',
      listedProcess: 'そのプログラムが終わると再開します。',
    },
    retrying: '{{retryInMs, duration}} 後に再試行します：{{problem}}',
  },
  log: {
    connected: '{{place}} に接続しました。',
    connectedEncrypted: '{{place}} に TLS で接続しました。',
    connectedByTls: '{{place}} に TLS で接続しました。証明書の SHA-256：{{fingerprint}}。',
    connectedPractice: '練習用プールに接続しました。収益はありません。',
    loggedIn: 'ログインしました。',
    job: '新しいジョブ：{{algorithm}}、難易度 {{difficulty, integer}}。',
    jobAtHeight:
      '新しいジョブ：{{algorithm}}、難易度 {{difficulty, integer}}、ブロック高 {{height}}。',
    jobRefused: 'ジョブを拒否しました。{{problem}}',
    shareAccepted: 'シェア承認（難易度 {{difficulty, integer}}、{{ms}} ms）。',
    shareRejected: 'シェア拒否。{{problem}}',
    shareStale: 'シェア期限切れ。{{problem}}',
    disconnected: '{{problem}}{{retryInMs, duration}} 後に再試行します。',
    givenUp: '断念しました。{{problem}}',
    problem: '{{problem}}',
    notStartedAfterStop: '自動では開始していません。前回、マイニングを停止したためです。',
    notStartedAfterCrash: '自動では開始していません。前回、Ibctminer が正常に終了しませんでした。',
    stoppedByFault: '内部エラーによりマイニングが停止しました：{{reason}}',
    newVersion: 'バージョン {{version}} があります。インストール方法は「設定」を見てください。',
    fullPowerNotKept: 'フルパワーは維持されませんでした。以前の設定に戻しました。',
  },
  tray: {
    start: 'マイニング開始',
    stop: 'マイニング停止',
    power: 'パワー',
    profile: {
      quiet: '静か',
      balanced: 'バランス',
      full: 'フルパワー',
    },
    shares: 'シェア：承認 {{accepted}}、拒否 {{rejected}}、期限切れ {{stale}}',
    open: 'Ibctminer を開く',
    settings: '設定…',
    quitMining: '終了（マイニングを停止）',
  },
  notification: {
    hidden:
      'Ibctminer はトレイで動作を続けます。マイニングの停止や終了は、トレイのメニューから行えます。',
    blockUnderWay:
      'ブロックを発見しました。ノードが受け取り次第（2 分以内）、Ibctminer は終了します。今すぐ終了するには、もう一度終了してください。',
    goesOn: 'マイニングを再開しました。',
    poolDown: '{{host}} から 2 分間ジョブが来ていません。',
    poolDownBecause: '{{host}} から 2 分間ジョブが来ていません：{{why}}',
    poolBack: '{{host}} が復旧しました。',
    noShares:
      '見込みの {{times}} 倍の時間が過ぎても、シェアがありません。詳しくは「履歴」を開いてください。',
    rejects: 'プールがシェアの {{part, percent}} を拒否しています。',
  },
  dialog: {
    quitStops: '終了するとマイニングが停止します',
    quitStopsDetail: 'もう一度 Ibctminer を開いてマイニングを始めるまで、シェアは見つかりません。',
    noSandbox: 'Ibctminer はサンドボックスなしでは動作しません',
    noSandboxDetail:
      '--no-sandbox 付きで起動されました。これでは、ウィンドウの欠陥がファイルにまで及ぶおそれがあります。このスイッチなしで起動してください。システムがサンドボックスを禁止している場合は、必要な権限を備えた Debian パッケージをインストールしてください。',
    pictures: '画像',
    tables: '表（CSV）',
    pageFails: 'ウィンドウが繰り返しクラッシュしています',
    pageFailsDetail:
      'マイニングに影響はありません。再試行するか、終了してマイニングを停止してください。',
  },
  terminal: {
    what: 'ターミナルで、自分の CPU を使って Monero をマイニングします。',
    options: '[オプション]',
    exit: 'Ctrl+C で停止します。終了コード：停止後は 0、使い方の誤りは 2、マイニングを終わらせる障害は 1。',
    option: {
      pool: 'このプールでマイニング。繰り返すと予備を追加',
      daemon: 'monerod でソロマイニング：http://127.0.0.1:18081[/?zmq=PORT]',
      practice: '内蔵の練習用プールでマイニング：計算は本物、収益なし',
      wallet: '自分の Monero アドレス。ADDRESS+DIFF や ADDRESS.RIG も可',
      login: '--wallet の代わりに、そのままプールに送るログイン名',
      pass: 'プールのパスワード（既定値：x）',
      tls: 'TLS を使用。最初の証明書を表示し、この実行の間固定',
      'tls-fingerprint': '受け入れる唯一の証明書の SHA-256',
      'rig-id': 'プールに表示される、このコンピューターの名前',
      socks5: 'このプロキシ経由でプールに接続',
      threads: 'ハッシュ計算スレッドの数',
      mode: 'fast は 2.3 GiB、light は 256 MiB のメモリーが必要',
      algo: 'このアルゴリズムのジョブだけを受け付ける',
      'api-port': '127.0.0.1 での読み取り専用 HTTP API。ダッシュボード用',
      'api-token': 'API を読み取る側が送るトークン。8 文字以上',
      inspect: 'プールとのメッセージをすべて表示。アドレスは含まない',
      tune: 'このコンピューターを約 1 分間測定し、最速の設定を残す。マイニングはしない',
      'no-learning':
        'マイニング中に、ほかの設定（スレッド数、各スレッドの並行ハッシュ数）を試さない',
      config: 'オプションを、ここと同じ名前の JSON ファイルまたは XMRig の config.json から読む',
      duration: 'この秒数の後に停止',
      json: '1 行に 1 つの JSON オブジェクトを出力',
      help: 'このヘルプを表示',
      version: 'バージョンを表示',
    },
    demonstration:
      'デモ：このプログラム内の練習用プールで {{shares}} シェアを見つけます。収益はありません。Ctrl+C で終了します。',
    status:
      '{{h10s}} 10 s · {{h60s}} 60 s · {{h15m}} 15 min · 承認 {{accepted}}、拒否 {{rejected}}、期限切れ {{stale}}',
    dataset: 'データセット {{progress, percent}}',
    practicePool: '練習用プール',
    api: 'ダッシュボード用 HTTP API：{{url}}/2/summary と {{url}}/metrics',
    ended:
      '{{ms, duration}} で終了：承認 {{accepted}}、拒否 {{rejected}}、期限切れ {{stale}}、ハッシュ数 {{hashes, integer}}。',
    tuneBegins: 'このコンピューターを約 1 分間測定しています。誰にも何も送信しません。',
    tunePoint: '{{threads}}、{{sideBySide}}：{{rate, hashrate}}',
    tuneKept: '{{algorithm}} の {{mode}} モード用に保存：{{best}}',
    forReal: '自分が所有するか使用を許可されているコンピューターで、本番のマイニングをするには：',
    forRealAlone: 'または、自分の monerod でソロマイニングするには：',
    allOptions: 'すべてのオプション：',
  },
};
