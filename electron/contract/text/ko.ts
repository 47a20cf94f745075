import type { Catalogue } from './catalogues.ts';

// 문장은 ‘-습니다’, 요청은 ‘-하세요’, 버튼과 라벨은 명사형. 값 뒤의 조사는 어떤 값에도 맞게 쓰거나 피함. power는 ‘출력’(와트는 ‘전력’), health는 ‘진단’, work/job은 ‘작업’, stale은 ‘만료’, effort는 ‘에포트’, luck은 ‘운’, huge page는 ‘거대 페이지’.
export const ko: Catalogue = {
  app: {
    name: 'Ibctminer',
    what: '내 CPU로 Monero 채굴',
    title: 'Ibctminer · {{screen}}',
    loading: '시작하는 중…',
    noBridgeTitle: '앱 안에서만 쓰는 페이지입니다',
    noBridge: 'Ibctminer를 직접 여세요. 브라우저에서는 이 페이지가 통신할 상대가 없습니다.',
    failedTitle: '앱을 불러오지 못했습니다',
    retry: '다시 시도',
    silentTitle: '채굴 코어가 응답하지 않습니다',
    silent:
      '아래 수치는 {{ago}} 전의 것입니다. 계속 이 상태라면 앱을 종료하고 다시 여세요. 종료하면 채굴이 중지됩니다.',
    practice: '연습',
    practiceBanner:
      '연습: 해시 계산은 실제와 같지만 아무것도 이 컴퓨터 밖으로 나가지 않으며 수익도 없습니다.',
    addressChanged:
      '누군가가 설정 파일의 지갑 주소를 다음으로 바꾸었습니다: {{found}}. 앱은 확인하신 주소를 계속 사용합니다: {{confirmed}}.',
    addressNone: '없음',
    addressKeep: '확인한 주소 유지',
    addressUse: '다른 주소 사용',
    dismiss: '닫기',
    skipToContent: '본문으로 건너뛰기',
  },
  nav: {
    label: '주 메뉴',
    dashboard: '대시보드',
    history: '기록',
    pools: '풀',
    settings: '설정',
    logs: '로그',
    health: '진단',
    about: '정보',
  },
  commands: {
    title: '명령',
    search: '명령 검색',
    none: '그런 명령이 없습니다.',
    mining: '채굴',
    screens: '이동',
    settings: '설정: {{section}}',
    pause15: '15분 동안 일시 중지',
    pause60: '1시간 동안 일시 중지',
    pause240: '4시간 동안 일시 중지',
    pauseOpen: '재개할 때까지 일시 중지',
    themeSystem: '시스템 테마 사용',
    themeLight: '밝은 테마 사용',
    themeDark: '어두운 테마 사용',
    control: 'Ctrl',
  },
  tour: {
    title: '대시보드 둘러보기',
    show: '대시보드 둘러보기 표시',
    progress: '{{step}}/{{count}}',
    next: '다음',
    done: '완료',
    never: '다시 표시 안 함',
    steps: {
      state:
        '앱이 채굴 중인지, 왜 채굴하거나 하지 않는지를 언제나 이 위쪽에서 알려 줍니다. “채굴 시작”과 “채굴 중지”가 옆에 있으며 누르는 즉시 적용됩니다.',
      hashrate:
        '이 컴퓨터가 1초마다 시도하는 해시 수입니다. 값이 조금씩 오르내리므로 1분 평균과 15분 평균을 보는 편이 더 정확합니다.',
      shares:
        '셰어는 풀에 제시할 만큼 좋은 해시이며, 풀은 승인한 셰어마다 대가를 지급합니다. 거부되거나 만료된 셰어에는 지급하지 않습니다. 만료가 몇 개쯤 생기는 것은 정상입니다.',
      pool: '작업을 어디에서 받고 누구에게 지급되는지를 보여 줍니다. 난이도는 셰어가 얼마나 드문지, 핑은 풀이 얼마나 빨리 응답하는지를 나타냅니다.',
      money:
        '이곳에서 채굴의 수익과 비용을 추정한 값입니다. 가격을 입력하면 이득인지 알 수 있습니다.',
      machine:
        '스레드마다 무엇을 하는지, 채굴이 어떤 종류의 메모리를 받았는지 보여 줍니다. 더 빠르게 하는 방법은 “진단”에 있습니다.',
    },
  },
  state: {
    label: '채굴 상태',
    needsConsent: '설정 안 됨',
    stopped: '중지됨',
    connecting: '연결 중',
    preparing: '데이터셋 생성 중',
    preparingLight: '경량 모드로 채굴 중',
    mining: '채굴 중',
    paused: '일시 중지됨',
    waiting: '대기 중',
    failed: '문제로 중지됨',
    unknown: '채굴 코어를 기다리는 중',
  },
  control: {
    start: '채굴 시작',
    stop: '채굴 중지',
    pause: '일시 중지',
    pause15: '15분',
    pause60: '1시간',
    pause240: '4시간',
    pauseOpen: '재개할 때까지',
    resume: '재개',
    cancel: '취소',
    back: '뒤로',
    continue: '계속',
    save: '저장',
    copyCommand: '명령 복사',
    runCommand: 'Run command', // untranslated
    copied: '복사됨',
  },
  consent: {
    text: '이 앱은 이 컴퓨터의 CPU로, 입력하신 주소를 위해 Monero를 채굴합니다. 전기를 쓰고, 열과 소음을 내며, 컴퓨터가 느려질 수 있습니다. 본인 소유이거나 사용 허가를 받은 컴퓨터에서만 채굴하세요. “채굴 시작”을 눌러야만 시작됩니다.',
    agree: '내용을 읽었으며 동의합니다',
    title: '실행하기 전에',
    changed: '동의하신 뒤로 이 글이 바뀌어서 다시 여쭙습니다.',
    promises: '믿으셔도 되는 것',
    promiseFee: '수수료가 없습니다. 다른 누구도 아닌 본인의 주소를 위해서만 채굴합니다.',
    promiseQuiet:
      '텔레메트리가 없습니다. 앱은 선택하신 풀이나 노드에만 연결하며, 요청하시지 않는 한 다른 곳에는 연결하지 않습니다.',
    promiseStop: '중지는 즉시 적용되고, 종료하면 실행 중인 것이 하나도 남지 않습니다.',
  },
  wizard: {
    label: '설정 마법사',
    progress: '{{count}}단계 중 {{step}}단계',
    consent: '동의',
    wallet: '지갑',
    pool: '풀',
    power: '출력',
    review: '검토',
  },
  wallet: {
    title: '보상을 어디로 받으시겠습니까?',
    lead: '본인 Monero 지갑의 받는 주소를 붙여넣으세요. 이 앱은 키나 시드 문구를 절대 묻지 않습니다. 그것을 묻는다면 모두 사기입니다.',
    address: 'Monero 지갑 주소',
    placeholder: '4 또는 8로 시작',
    checking: '확인하는 중…',
    compare:
      '지갑에 표시된 주소와 비교하세요. 특히 맨 앞과 맨 뒤 글자를 살펴보세요. 클립보드의 주소를 바꿔치기하는 악성 코드가 있습니다.',
    addressLabel: '여덟 글자씩 나눈 주소',
    kinds: {
      standard: '올바른 Monero 주소입니다.',
      subaddress:
        '올바른 Monero 하위 주소입니다. 대부분의 풀에서 쓸 수 있지만, 솔로 채굴에는 기본 주소가 필요합니다.',
      integrated: '올바른 통합 주소입니다. 받지 않는 풀도 있습니다.',
    },
    fromLink: '이 결제 링크에서 주소만 가져왔습니다.',
    readPicture: '이미지에서 QR 코드 읽기',
    none: '아직 지갑이 없으신가요?',
    how: 'getmonero.org에서, 또는 휴대전화에 지갑을 설치하고 시드 문구를 종이에 적어 둔 다음, “받기”(Receive)에 표시되는 주소를 복사하세요.',
    getWallet: 'getmonero.org 열기',
    skip: '지갑 없이 연습',
  },
  pool: {
    title: '작업을 어디에서 받으시겠습니까?',
    lead: '풀은 작업을 나누어 주고 셰어에 대해 지급합니다. 작은 풀이 더 좋습니다. 큰 풀이 하나도 없을 때 Monero가 가장 안전하며, 길게 보면 수수료 차이를 빼고는 지급액이 어디나 같습니다. P2Pool은 더 좋습니다. 운영자도 수수료도 없습니다.',
    sizes: '풀별 규모 보기',
    choices: '작업을 받을 곳',
    own: '다른 풀',
    ownHint: '주소로 지정하는 임의의 Monero 풀',
    proxy: 'xmrig-proxy',
    proxyHint: '풀과 지갑을 알고 있는 내 프록시',
    p2pool: '내 P2Pool',
    p2poolHint: '탈중앙, 수수료 없음. 이 컴퓨터나 다른 컴퓨터에 monerod와 P2Pool이 필요합니다',
    node: '내 노드',
    nodeHint:
      '이 컴퓨터나 내 네트워크 어딘가의 내 monerod로 솔로 채굴. 블록은 드물지만 보상 전체를 받습니다',
    practice: '연습용 풀',
    practiceHint: '인터넷도 수익도 없이 이 컴퓨터에서 모든 것을 시험해 보세요',
    earnsNothing: '수익 없음',
    encrypted: '암호화됨(TLS)',
    tlsShort: 'TLS',
    plain: '암호화 안 됨',
    needsWallet: '지갑 주소 필요',
    known: '알려진 풀',
    recommended: 'Monero에 가장 좋음',
    measure: '지연 시간 측정',
    measuring: '측정하는 중…',
    measureHint: '이 풀들 각각에 직접 연결했다가 바로 끊습니다. 주소는 보내지 않습니다.',
    nearest:
      '가장 가까운 곳: {{name}}, {{ms}} ms. 거리는 별로 중요하지 않습니다. 100 ms마다 잃는 셰어는 0.1% 미만입니다.',
    noneReached: '이 풀들 중 어디에도 연결하지 못했습니다. 인터넷 연결을 확인하세요.',
    latencies: {
      refused: '연결 거부',
      notFound: '찾을 수 없음',
      offline: '연결할 수 없음',
      silent: '응답 없음',
      certificate: '신뢰할 수 없는 인증서',
      failed: '작동하지 않음',
    },
    fee: '수수료 {{percent}}%',
    facts: {
      title: '{{name}} 정보',
      region: '서버',
      ports: '포트',
      fee: '수수료',
      payout: '최소 지급액',
      onItsPage: '웹사이트에 안내됨',
      percent: '{{percent}}%',
      amount: '{{amount}} XMR',
      source: '출처',
      sourceOf: '{{source}}, {{date}}. 웹사이트에서 확인하세요.',
      open: '{{page}} 열기',
    },
    regions: {
      global: '여러 지역(호스트 이름이 가까운 서버로 안내)',
      europe: '유럽',
      unknown: '알 수 없음',
    },
    sources: {
      pool: '풀이 직접 공개한 페이지',
      lists: '풀이 직접 공개한 페이지(수수료는 공개 풀 목록)',
      configurations: '공개된 채굴기 구성',
    },
    address: '풀 주소',
    addressHint: '예: pool.example.org:443',
    nodeAddress: '노드 주소',
    nodeAddressHint: '예: 127.0.0.1:18081',
    tls: '연결 암호화(TLS)',
    p2poolPays:
      'P2Pool pays the wallet it was started with: --wallet (a primary address), or --subaddress if that was given. The login sent by this app is only a name.', // untranslated
    proxyPays:
      'The proxy mines for the wallet in its own settings. The login sent by this app is only a name.', // untranslated
    noTls:
      'TLS를 쓰지 않으면 풀과의 사이에 있는 누구나 주소를 읽고 셰어를 가로챌 수 있습니다. 풀에 TLS 포트가 있으면 그것을 사용하세요.',
    noTlsNode:
      'TLS를 쓰지 않으면 노드와의 사이에 있는 누구나 보상을 가로챌 수 있습니다. 신뢰하는 네트워크에서만 그렇게 하세요.',
    noTlsConfirm: '암호화 없이 연결',
    test: '연결 테스트',
    testing: '테스트하는 중…',
    testOk: '작동함',
    testFailed: '작동하지 않음',
    testJob: '{{ms}} ms 만에 응답했고, 이 앱이 채굴할 수 있는 작업을 보냈습니다.',
    trusted: '이 인증서를 신뢰하고 있습니다.',
    fingerprint: '인증서: {{fingerprint}}',
    remedy: {
      none: 'TLS 없이 연결',
      authority: 'TLS 사용',
      pinned: '이 인증서 신뢰',
    },
  },
  power: {
    title: '얼마나 세게 돌리시겠습니까?',
    lead: '채굴 중에도 언제든지 바꿀 수 있습니다.',
    profiles: '출력',
    quiet: '조용히',
    quietHint: '일하는 동안 거의 느껴지지 않음',
    balanced: '균형',
    balancedHint: '컴퓨터의 절반을 남겨 둠',
    full: '최대 출력',
    fullHint: '쓸모 있는 스레드 모두 사용: 더 시끄럽고 뜨거우며, 쓰기에 더 느려짐',
    custom: '사용자 지정',
    customHint: '스레드 수를 직접 선택',
    threads_other: '스레드 {{count}}개',
    ofThreads: '{{threads}} / {{available}}',
    threadCount: '스레드 수',
    cpu: '{{model}} · 논리 CPU {{available}}개',
    times: '실행 조건',
    battery: '배터리 사용 중 일시 중지',
    batteryHint: '전원을 연결하면 재개합니다',
    batteryBelow: '배터리 사용 중 일시 중지할 조건',
    batteryAlways: '항상',
    batteryCharge: '잔량 {{charge, percent}} 미만',
    idle: '컴퓨터를 쓰지 않을 때만 채굴',
    idleHint:
      '마우스나 키보드를 건드리면 바로 일시 중지합니다. 화면이 잠겨 있으면 쓰지 않는 것으로 봅니다.',
    idleAfter: '미사용으로 볼 시간',
    minutes_other: '{{count}}분',
    notAvailable: '사용할 수 없음: 이 시스템에서는 이 정보를 알 수 없습니다.',
    fullTitle: '최대 출력을 사용하시겠습니까?',
    fullText:
      '쓸모 있는 스레드가 모두 채굴에 쓰여 컴퓨터가 더 시끄럽고 뜨거워지며, 쓰기에 더 느려집니다. 최대 출력을 유지하지 않으면 30초 뒤 현재 설정으로 돌아갑니다.',
    fullConfirm: '최대 출력 시험',
    trial: '유지하지 않으면 {{seconds}} s 뒤 최대 출력이 끝납니다.',
    trialWaiting: '최대 출력은 채굴과 함께 시작되며, 유지하지 않으면 30초 뒤 끝납니다.',
    keep: '최대 출력 유지',
    revert: '지금 되돌리기',
  },
  tuning: {
    title: '성능 조정',
    hint: '스레드 수와 스레드마다 함께 계산하는 해시 수를 약 1분 동안 여러 가지로 시험한 뒤, 가장 빠른 조합을 사용합니다. 아무것도 보내지 않으며 수익도 없습니다.',
    notWhileMining: '먼저 채굴을 중지하세요. 채굴 중에는 측정값이 왜곡됩니다.',
    whileMining: '채굴 중 조정',
    whileMiningHint:
      '채굴 처음 몇 분 동안 다른 설정을 번갈아 시험하고 가장 빠른 것을 유지합니다. 그동안의 해시도 모두 유효합니다. 열 때문에 스레드를 줄인 동안에는 기다립니다.',
    trying: '시험 중: {{threads}}, {{hashes}}.',
    measure: '측정',
    measureAgain: '다시 측정',
    progress: '측정 중',
    curve: '스레드 수별 해시레이트',
    best_other: '가장 빠름: 스레드 {{count}}개, {{hashes}}, {{rate}}.',
    sideBySide_other: '스레드당 해시 {{count}}개씩',
    measuredAt: '{{date}}, {{mode}} 모드에서 측정.',
    fast: '고속',
    light: '경량',
  },
  review: {
    title: '준비가 끝났습니다. 아직 아무것도 실행되지 않습니다',
    lead: '다음 화면에서 “채굴 시작”을 눌러야만 채굴이 시작됩니다.',
    walletNone: '없음(연습만)',
    power: '{{profile}}, {{threads}}',
    rules: '규칙',
    noRules: '없음',
    finish: '설정 완료',
    edit: '변경',
  },
  dashboard: {
    hashrate: '해시레이트',
    over10s: '10 s',
    over60s: '60 s',
    over15m: '15 min',
    chart: '해시레이트(최대 최근 15분)',
    chartEmpty: '첫 해시와 함께 그래프가 시작됩니다.',
    showTable: '표로 보기',
    minute: '분',
    average: '평균',
    shares: '셰어',
    accepted: '승인',
    rejected: '거부',
    stale: '만료',
    sharesIdle:
      '셰어는 풀이 대가를 지급하는 작업 증명 한 조각입니다. 채굴을 시작하면 셰어가 여기에 표시됩니다.',
    firstShare: '첫 셰어까지 약 {{time}} 예상.',
    nextShare: '이 난이도에서는 약 {{time}}마다 셰어 하나입니다.',
    noShare: {
      normal: '{{time}} 동안 셰어가 없는 것은 이 난이도에서 정상입니다(확률: {{chance}}).',
      unlucky:
        '{{time}} 동안 셰어가 없는 것은 운이 나쁘지만 있을 수 있는 일입니다(확률: {{chance}}).',
      unusual:
        '{{time}} 동안 셰어가 없는 것은 이례적입니다(확률: {{chance}}). 풀이나 이 컴퓨터에 문제가 없는지 “진단”과 “로그”를 확인하세요.',
    },
    luck: '찾은 셰어 {{found}}, 지금까지의 해시로 본 예상치 {{expected}}.',
    connection: '풀',
    host: '서버',
    paidTo: '받는 곳',
    paidToKnown: '그곳에 설정된 주소',
    local: '이 컴퓨터 안',
    byTor: 'Tor로 암호화됨',
    connectedFor: '연결 시간',
    ms: '{{ms}} ms',
    noPool: '“채굴 시작”을 누를 때까지 아무 데도 연결하지 않습니다.',
    willConnect: '시작 시 연결할 곳',
    algorithm: '알고리즘',
    difficulty: '난이도',
    height: '블록 높이',
    ping: '핑',
    uptime: '가동 시간',
    temperature: 'CPU 온도',
    power: 'CPU 전력',
    watts: '{{watts}}\u00a0W',
    efficiency: '효율',
    joulesPerMegahash: '{{joules}}\u00a0J/MH',
    link: {
      offline: '오프라인',
      connecting: '연결 중',
      loggedIn: '연결됨',
      waiting: '재연결 대기 중',
    },
    retryIn: '{{seconds}} s 뒤 다시 시도합니다',
    threads: '스레드',
    threadsOf: '{{count}} / 논리 CPU {{available}}개',
    cpu: 'CPU {{cpu}}',
    threadsIdle: '해시 계산 스레드별 속도가 여기에 표시됩니다.',
    engine: '메모리',
    datasetHint: '약 2 GiB. 한 번 생성하면 채굴하는 동안 유지됩니다.',
    mode: '모드',
    modes: {
      light: '경량(256 MiB, 느림)',
      fast: '고속(2 GiB)',
    },
    region: {
      dataset: '데이터셋',
      cache: '캐시',
      scratchpads: '스크래치패드',
    },
    page: {
      '1g': '1 GiB 페이지',
      '2m': '2 MiB 페이지',
      thp: '투명 거대 페이지',
      '4k': '4 KiB 페이지',
      none: '할당 안 됨',
    },
    pagesGood: '거대 페이지를 사용 중입니다. 메모리가 낼 수 있는 최고 속도입니다.',
    pagesPartly:
      '투명 거대 페이지가 도움이 되고 있습니다. 예약한 2 MiB 거대 페이지가 더 빠른 경우가 많습니다.',
    pagesSmall:
      '작은 페이지는 채굴을 느리게 합니다. 거대 페이지를 켜는 정확한 명령은 “진단”에 있습니다.',
    engineIdle: '채굴하지 않는 동안에는 메모리를 쓰지 않습니다.',
    openHealth: '진단 열기',
    openPools: '풀 열기',
    openLogs: '로그 열기',
  },
  money: {
    title: '수익과 비용',
    edit: '수치 편집',
    practice:
      '연습에는 수익이 없습니다. 같은 해시레이트로 Monero 네트워크에서 채굴했을 때의 수익입니다.',
    empty:
      '채굴의 수익과 비용 추정치를 그 근거와 함께 여기에서 볼 수 있습니다. 허용하지 않는 한 인터넷에서는 아무것도 조회하지 않습니다.',
    brings: '하루 수익',
    worth: '환산 금액',
    costs: '하루 비용',
    net: '하루 순수익',
    energy: '메가해시당 에너지',
    xmr: '{{xmr}}\u00a0XMR',
    joules: '{{joules}}\u00a0J',
    costsMore: '채굴 비용이 수익보다 큽니다',
    costsMoreText:
      '이 속도라면 하루 평균 약 {{lost}} 손해입니다. 출력을 낮추면 와트당 수익이 늘어나는 경우가 많습니다.',
    mostDays: '닷새 중 나흘은 수익이 {{low}}~{{high}}',
    mostDaysNothing: '열흘 중 아흐레 이상은 수익 없음',
    mostDaysNet: '전기 요금을 빼면 {{low}}~{{high}}입니다.',
    nothing: '24시간 동안 수익이 전혀 없을 확률은 {{chance}}입니다.',
    unit: {
      block:
        '평균 {{time}}마다 블록 하나를 찾고 그 전부인 {{xmr}} XMR을 받습니다. 위 범위는 그 운에 따른 것입니다.',
      share:
        '평균 {{time}}마다 {{xmr}} XMR 가치의 셰어 하나를 찾습니다. 위 범위는 본인 셰어의 운에 따른 것이며, 풀의 운과 수수료는 별도입니다.',
      p2poolShare:
        '평균 {{time}}마다 지급 대상이 되는 {{xmr}} XMR 가치의 P2Pool 셰어 하나를 찾습니다. 위 범위는 그 운에 따른 것입니다.',
    },
    noPromise:
      '이 속도로 24시간 채굴했을 때의 평균입니다. 추정치일 뿐 약속이 아닙니다. 난이도와 가격은 늘 변합니다.',
    needed: '더 필요한 것:',
    need: {
      rate: '해시레이트(채굴 1분 뒤 알 수 있음)',
      network: '네트워크의 난이도와 보상(내 노드, P2Pool, 일부 풀이 알려 줌. 없으면 직접 입력)',
      price: 'Monero 가격',
      watts: '채굴에 드는 와트 수',
      tariff: '전기 요금 단가',
    },
    madeOf: '추정 근거',
    input: {
      rate: '해시레이트',
      difficulty: '네트워크 난이도',
      reward: '블록 보상',
      price: '1 XMR 가격',
      watts: '전력',
      tariff: '1 kWh 가격',
    },
    source: {
      rate: '여기에서 측정, {{time}}',
      node: '내 노드에서, {{time}}',
      p2pool: 'P2Pool에서, {{time}}',
      pool: '풀에서, {{time}}',
      typed: '직접 입력, {{time}}',
      tariffMean: '채굴한 시간대의 평균, 직접 입력, {{time}}',
      measured: '프로세서만 측정, {{time}}',
    },
    p2poolFault: {
      notFound:
        '지정하신 폴더에 P2Pool의 수치가 없습니다. network/stats와 pool/stats가 들어 있어야 합니다.',
      old: '지정하신 폴더에 있는 P2Pool의 수치가 10분 넘게 지난 것입니다. P2Pool이 실행 중인가요?',
    },
    dialogText:
      '모든 내용은 이 컴퓨터에만 남으며, 수치마다 입력한 날짜가 함께 기록됩니다. 모르는 것은 비워 두세요.',
    priceLabel: '1 XMR 가격',
    priceHint: '신뢰하는 출처의 오늘 가격입니다.',
    currencyLabel: '통화',
    currencyHint: '영문 세 글자: EUR, USD.',
    tariffLabel: '1 kWh 가격',
    tariffHint: '같은 통화로, 전기 요금 고지서를 참고하세요.',
    windowsLabel: '특정 시간대의 다른 요금',
    windowsHint:
      '매일 이 컴퓨터의 시계를 기준으로 22-6: 0.18; 12-14: 0.25처럼 입력합니다. 나머지 시간에는 위 가격이 적용됩니다. 입력하면 “일정”에서 가장 싼 시간대만 쓸 수 있습니다.',
    readTariff: 'CSV 파일에서 요금 읽기',
    readTariffHint:
      '전력 회사에서 받은 파일입니다. 하루 24시간에 대해 한 줄에 하나씩, 07:00;0,25처럼 시각과 그 시간의 1 kWh 가격이 있어야 합니다.',
    notWindows: '시간대와 가격은 22-6: 0.18처럼 쓰고, 여러 개는 세미콜론(;)으로 구분하세요.',
    wattsLabel: '채굴에 드는 와트 수',
    wattsHint:
      '콘센트형 전력 측정기의 채굴 중 값에서 쉬고 있을 때의 값을 뺀 것입니다. 이 컴퓨터에서는 전력 정보를 알 수 없습니다.',
    wattsMeasured:
      '비워 두면 프로세서가 스스로 보고하는 {{watts}} W를 사용합니다. 메인보드, 메모리, 전원 장치가 흔히 10~20%를 더합니다. 콘센트형 전력 측정기가 가장 좋습니다. 채굴 중 값에서 쉬고 있을 때의 값을 빼세요.',
    wattsLimit:
      '콘센트형 전력 측정기의 채굴 중 값에서 쉬고 있을 때의 값을 뺀 것입니다. 프로세서 자체는 {{watts}} W 아래로 제한되어 있습니다.',
    difficultyLabel: '네트워크 난이도',
    difficultyHint:
      '예: 600 G. 블록 탐색기에서 볼 수 있습니다. 내 노드나 P2Pool을 쓰면 필요하지 않습니다.',
    rewardLabel: '블록 보상(XMR)',
    rewardHint: '0.6에 블록에 든 거래 수수료를 더한 값입니다.',
    folderLabel: 'P2Pool의 수치',
    folderHint: 'P2Pool이 이 컴퓨터에서 실행되는 경우, --data-api로 지정한 폴더입니다.',
    notNumber: '0.30처럼 숫자를 입력하세요.',
    notAboveZero: '0.30처럼 0보다 큰 숫자를 입력하세요.',
    notCurrency: 'EUR처럼 통화의 영문 세 글자를 입력하세요.',
  },
  account: {
    switch: '{{pool}}에 잔액 조회',
    hint: '채굴하거나 이곳을 보는 동안 5분마다 지갑 주소를 {{host}}에 보냅니다. 채굴용 연결과는 별개인 두 번째 암호화된 연결입니다.',
    hintProxy:
      '채굴하거나 이곳을 보는 동안 5분마다 지갑 주소를 {{host}}에 보냅니다. 채굴용 연결과는 별개인 두 번째 암호화된 연결이며, 내 프록시({{proxy}})를 거칩니다.',
    title: '{{pool}}의 답변',
    asking: '{{host}}에 묻는 중…',
    due: '잔액',
    paid: '지금까지 지급액',
    payout: '최소 지급액',
    rate: '풀에서 본 해시레이트',
    said: '{{time}} 기준, 내 주소로 채굴하는 모든 컴퓨터의 합계입니다.',
    credit: {
      tooShort:
        '보낸 양과 인정된 양: 아직 판단하기 이릅니다. 1시간과 승인된 셰어 약 50개가 필요합니다.',
      within:
        '{{time}} 동안 보낸 양 가운데 {{pool}}에서 {{percent}}를 인정했습니다. 우연으로 설명되는 범위 안입니다.',
      less: '{{time}} 동안 보낸 양 가운데 {{pool}}에서 {{percent}}를 인정했습니다. 우연으로 설명되는 범위보다 적습니다. 풀에 이유를 물어보세요.',
      more: '{{time}} 동안 보낸 양 대비 {{pool}}에서 {{percent}}를 인정했습니다. 이 앱이 보낸 것보다 많습니다. 다른 컴퓨터도 내 주소로 채굴하고 있나요?',
      how: '비교 방법',
      title: '보낸 양과 인정된 양',
      span: '풀의 두 답변 사이',
      shares: '승인된 셰어',
      sent: '보낸 양(해시)',
      credited: '인정된 양(해시)',
      chance: '우연의 허용 범위',
      range: '{{low}}~{{high}}',
      explanation:
        '셰어 하나는 그 난이도만큼의 해시로 계산합니다. 셰어는 무작위로 나오고 풀은 자체 일정에 따라 합산하므로, 두 합계는 결코 똑같지 않습니다. 우연만 작용한다면 100번 중 99번은 인정된 양이 이 범위 안에 있습니다. 풀은 다른 컴퓨터가 내 주소로 채굴한 것도 함께 셉니다.',
    },
  },
  history: {
    span: '표시할 기간',
    spans: {
      quarterHour: '15 min',
      day: '24 h',
      month: '30일',
      year: '1년',
    },
    kind: '표시할 내용',
    kinds: {
      mining: '채굴',
      practice: '연습',
    },
    loading: '기록을 읽는 중…',
    failedTitle: '기록을 읽지 못했습니다',
    emptyTitle: {
      mining: '아직 기록이 없습니다',
      practice: '아직 연습 기록이 없습니다',
    },
    empty: {
      mining:
        '채굴 기록이 분 단위로 이 컴퓨터에만 저장됩니다. “채굴 시작”을 누르면 기록이 시작됩니다.',
      practice:
        '연습은 채굴과 따로 기록하며 함께 집계하지 않습니다. 연습용 풀에서 연습하면 여기에 표시됩니다.',
    },
    average: '평균',
    mined: '채굴 시간',
    hashes: '해시 수',
    hashrate: '해시레이트',
    chart: {
      quarterHour: '최근 15분의 해시레이트',
      day: '최근 24시간의 해시레이트',
      month: '최근 30일의 해시레이트',
      year: '최근 1년의 해시레이트',
    },
    nothing: {
      quarterHour: '최근 15분 동안 채굴하지 않았습니다.',
      day: '최근 24시간 동안 채굴하지 않았습니다.',
      month: '최근 30일 동안 채굴하지 않았습니다.',
      year: '최근 1년 동안 채굴하지 않았습니다.',
    },
    hint: '그래프를 가리키거나 화살표 키를 누르면 값을 읽을 수 있습니다.',
    point: '{{period}}: {{rate}}, 채굴 {{mined}}',
    pointIdle: '{{period}}: 채굴 없음',
    pointShares_other: '셰어 {{count}}개',
    pointPaused: '일시 중지 {{time}}({{reasons}})',
    pointWaited: '작업 대기 {{time}}',
    legendPaused: '일시 중지',
    legendWaiting: '작업 대기',
    legendGap: '빈 곳: 채굴하지 않음',
    time: '시각',
    shares: '셰어',
    paused: '일시 중지',
    expected: '예상',
    found: '찾음',
    luck: '운',
    luckText:
      '찾은 셰어를, 계산한 해시로 평균적으로 찾는 셰어와 비교한 값입니다. 우연이므로 시간이 지나면 고르게 됩니다. 100%보다 높으면 운이 좋은 것이고, 낮으면 나쁜 것입니다.',
    effort: '현재 에포트',
    effortText:
      '마지막 셰어 이후의 계산량을, 셰어 하나에 평균적으로 드는 계산량과 비교한 값입니다. 스무 개 중 하나는 300%가 넘습니다.',
    lost: 'Lost', // untranslated
    lostText:
      'Of the shares, {{shares}} were rejected or stale. For {{time}} there was no work: while connecting or waiting for a pool.', // untranslated
    best: '최고 셰어',
    bestText:
      '내 셰어가 도달한 가장 높은 난이도입니다. 풀이 더 지급하지는 않지만, 솔로 채굴에서는 블록에 얼마나 가까웠는지 보여 줍니다.',
    spent: '시간 내역',
    states: {
      mining: '채굴',
      preparing: '데이터셋 생성',
      paused: '일시 중지',
      waiting: '작업 대기',
    },
    pausedReasons: '여러 이유가 동시에 해당할 수 있습니다.',
    sessions: '세션',
    sessionsOf: '전체 {{count}}개 중 최근 {{shown}}개',
    sessionsAll_other: '전체 {{count}}개 보기',
    started: '시작',
    more: '{{place}} 외 {{count}}곳',
    failedShares: '거부 또는 만료',
    allTime: '전체 기간',
    since: '{{date}}부터',
    kept: '이 컴퓨터의 {{folder}}에만 보관: {{size}}.',
    exportCsv: 'CSV로 내보내기',
    exportJson: 'JSON으로 내보내기',
    exported: '{{file}} 파일로 저장했습니다.',
    delete: '기록 삭제',
    deleteTitle: '기록을 모두 삭제하시겠습니까?',
    deleteText:
      '채굴과 연습의 분 단위 기록, 세션, 누계를 모두 삭제하며 되돌릴 수 없습니다. 코인은 안전합니다. 코인은 이 앱이 아니라 지갑에 있습니다.',
  },
  shares: {
    newest: '최근 셰어',
    emptyTitle: '아직 셰어가 없습니다',
    emptyIdle: '채굴을 시작하면 찾은 셰어가 모두 풀의 응답과 함께 여기에 표시됩니다.',
    emptyExpected: '첫 셰어까지 약 {{time}} 예상.',
    emptyMining: '첫 셰어는 찾는 즉시 여기에 표시됩니다.',
    time: '찾은 시각',
    outcome: '결과',
    difficulty: '난이도',
    roundTrip: '응답 시간',
    nonce: '논스',
    outcomes: {
      pending: '응답 대기',
      accepted: '승인',
      rejected: '거부',
      stale: '만료',
    },
  },
  pools: {
    lead: '기본 풀을 먼저 사용합니다. 연결할 수 없으면 예비 풀이 이 순서대로 이어받습니다.',
    list: '풀 목록',
    templates: {
      known: '알려진 풀',
      stratum: '다른 풀',
      p2pool: 'P2Pool',
      'xmrig-proxy': 'xmrig-proxy',
      daemon: '내 노드',
    },
    node: '내 노드',
    practising: '연습 중이므로 이 풀들은 사용되지 않습니다. 실제 채굴은 따로 집계합니다.',
    endPractice: '실제 채굴로 전환',
    practise: '연습으로 전환',
    practiseHint: '연습은 이 컴퓨터에서만 실행되고 인터넷이 필요 없으며 수익이 없습니다.',
    emptyTitle: '아직 풀이 없습니다',
    empty: '풀이나 내 노드를 추가하세요.',
    add: '풀 추가',
    primary: '기본',
    backup: '예비 {{number}}',
    standing: {
      inUse: 'In use', // untranslated
      inUseInstead: 'The pools before it give no work.', // untranslated
      connecting: 'Connecting…', // untranslated
      proving: 'Gives work again. It takes over after doing so for a minute or more.', // untranslated
      resting: 'Not needed: a pool before it gives work.', // untranslated
      down: '{{why}} It is tried again by itself.', // untranslated
      failed: '{{why}} It is not tried again until the next Start.', // untranslated
    },
    up: '{{name}} 위로 이동',
    down: '{{name}} 아래로 이동',
    edit: '{{name}} 편집',
    remove: '{{name}} 제거',
    removeTitle: '{{name}} 항목을 제거하시겠습니까?',
    removeText: '앱에서 주소와 설정이 지워집니다.',
    removeConfirm: '제거',
    addTitle: '풀 추가',
    editTitle: '풀 편집',
    name: '이름(선택 사항)',
    password: '비밀번호',
    passwordHint: '대부분의 풀은 “x”면 됩니다.',
    rigId: '리그 이름(선택 사항)',
    login: '지갑 주소 대신 쓸 로그인 이름(선택 사항)',
    loginHint: 'P2Pool과 프록시용입니다. 입력한 그대로 보냅니다.',
    fingerprint: '신뢰하는 인증서(선택 사항)',
    fingerprintHint: 'SHA-256, 16진수 64자리. 자체 서명 인증서에만 필요합니다.',
    fingerprintWrong: 'SHA-256 지문은 0~9와 a~f로 된 64자리입니다.',
    rpcUser: 'RPC 사용자 이름(선택 사항)',
    rpcUserHint: 'monerod를 --rpc-login으로 실행하는 경우',
    rpcPassword: 'RPC 비밀번호',
    zmqPort: 'ZMQ 포트(선택 사항)',
    zmqPortHint: 'monerod의 --zmq-pub 포트. 새 블록을 바로 알기 위한 것입니다',
    proxy: 'SOCKS5 프록시(선택 사항)',
    proxyHint: '이 컴퓨터의 Tor: 127.0.0.1:9050, Tor Browser: 127.0.0.1:9150',
    proxyWrong: '프록시는 127.0.0.1:9050처럼 host:port 형식으로 쓰세요.',
    tor: 'Tor',
    torBrowser: 'Tor Browser',
    through: '{{proxy}} 경유',
    onionAlone:
      'onion 주소에는 Tor를 통해서만 연결할 수 있습니다. “고급 옵션”에 Tor의 프록시를 입력하세요.',
    zmqPortWrong: '포트는 1부터 65535까지의 숫자입니다.',
    more: '고급 옵션',
    full: '풀은 16개까지입니다. 추가하려면 하나를 제거하세요.',
  },
  settings: {
    sectionsLabel: '설정 섹션',
    sections: {
      wallet: '지갑',
      power: '출력',
      rules: '규칙',
      tuning: '메모리와 조정',
      appearance: '모양',
      notifications: '알림',
      opening: '열기와 닫기',
      connections: '연결',
      reset: '초기화',
    },
    search: '설정 검색',
    searchClear: '검색 지우기',
    searchNone: '“{{text}}”에 맞는 설정이 없습니다.',
    searchNoneHint: '다른 단어로 찾거나 섹션을 살펴보세요.',
    wallet: '지갑',
    walletHint: '풀은 이 주소로 지급하고, 내 노드는 이 주소를 위해 채굴합니다.',
    walletNone: '아직 주소가 없어서 연습하거나 별도의 로그인 이름으로 채굴하는 것만 가능합니다.',
    walletChange: '주소 변경',
    walletAdd: '주소 추가',
    walletNew: '새 지갑 주소',
    walletConfirmTitle: '다른 주소를 위해 채굴하시겠습니까?',
    walletOld: '현재',
    walletNext: '새 주소',
    walletConfirm: '새 주소 사용',
    power: '출력',
    mode: '메모리',
    modeAuto: '자동',
    modeAutoHint: '약 3 GiB가 비어 있으면 고속',
    modeFast: '고속',
    modeFastHint: '최소 2.3 GiB 필요',
    modeLight: '경량',
    modeLightHint: '256 MiB, 몇 배 느림',
    schedule: '일정',
    scheduleOn: '정해진 시간에만 채굴',
    scheduleOnHint:
      '이 컴퓨터의 시계를 기준으로 합니다. 그 밖의 시간에는 채굴이 대기하다가 자동으로 다시 시작합니다.',
    schedulePresets: '미리 준비된 일정',
    schedulePreset: {
      nights: '야간',
      weekends: '주말',
      nightsAndWeekends: '야간과 주말',
      always: '항상',
    },
    scheduleGrid: '한 주의 시간표',
    scheduleHow:
      '한 시간을 클릭하거나 여러 시간을 끌어서 선택하세요. 키보드에서는 화살표 키로 이동하고, 스페이스바로 한 시간을 켜거나 끄며, Shift와 화살표 키로 칠합니다.',
    scheduleHours_other: '일주일에 {{count}}시간 채굴합니다.',
    scheduleNever: '선택한 시간이 없어서 채굴하지 않습니다.',
    scheduleCell: '{{day}}, {{from}}~{{to}}',
    cheapest: '가장 싼 시간에만 채굴',
    cheapestHint:
      '“수익과 비용”에 입력한 요금을 기준으로, 매일 전기 요금이 가장 싼 시간대에만 채굴합니다.',
    cheapestNoTariff: '먼저 “수익과 비용”에 시간대별 전기 요금을 입력하세요.',
    cheapestHours: '하루 시간 수',
    fullScreen: '전체 화면 프로그램이 있는 동안 일시 중지',
    fullScreenHint: '게임, 영화, 프레젠테이션. 전체 화면에서 나가면 재개합니다.',
    fullScreenUnavailable:
      '사용할 수 없음: 이 시스템에서는 이 정보를 알 수 없습니다. 대신 아래 목록에 프로그램을 추가할 수 있습니다.',
    metered: '종량제 연결에서 일시 중지',
    meteredHint: '휴대전화 핫스팟처럼 데이터 사용량에 따라 요금을 내는 연결입니다.',
    heat: 'CPU 과열 방지',
    heatHint: '이 온도를 넘으면 스레드를 줄여 채굴하고, 10\u00a0°C 더 오르면 일시 중지합니다.',
    heatBelow: '최고 온도',
    watts: 'CPU 전력 제한',
    wattsHint:
      '다른 프로그램을 포함해 프로세서의 전력 사용이 이보다 많은 동안에는 스레드를 줄여 채굴합니다.',
    wattsBelow: '최대 전력',
    celsius: '{{degrees}}\u00a0°C',
    programs: '이 프로그램들이 실행되는 동안 일시 중지',
    programsHint: '게임, 화상 통화 등 컴퓨터를 혼자 써야 하는 모든 프로그램.',
    programsNone: '목록에 프로그램이 없습니다.',
    programsName: '프로그램 이름',
    programsAdd: '추가',
    programsAdded: '채굴을 일시 중지하는 프로그램',
    programsRemove: '{{name}} 제거',
    rules: '규칙',
    opening: '앱 열기',
    startAtLaunch: '앱을 열면 채굴 시작',
    startAtLaunchHint:
      '기본값은 꺼짐입니다. 비정상 종료 뒤나 “채굴 중지”를 누른 뒤에는 절대 시작하지 않습니다.',
    openAtLogin: '로그인할 때 앱 열기',
    openAtLoginHint: '창이나 트레이 아이콘을 엽니다. 채굴을 시작하지는 않습니다.',
    appearance: '모양',
    theme: '테마',
    language: '언어',
    system: '시스템',
    light: '밝게',
    dark: '어둡게',
    notifications: '알림',
    rulePauses: '규칙에 따른 일시 중지와 재개',
    poolDown: '풀이 2분 동안 연결되지 않을 때와 복구될 때',
    noShares: '예상보다 훨씬 오래 셰어가 없을 때',
    rejects: '셰어가 5% 넘게 거부될 때',
    failures: '문제로 채굴이 끝났을 때',
    window: '창을 닫을 때',
    closeAsk: '매번 묻기',
    closeBackground: '백그라운드에서 계속 실행',
    closeQuit: '종료하고 채굴 중지',
    noTray: '이 데스크톱에는 시스템 트레이가 없어서 창을 숨기지 않습니다.',
    api: '모니터링 API',
    apiOn: '이 컴퓨터에서 읽기 전용 HTTP API 제공',
    apiHint:
      '이 컴퓨터의 대시보드가 해시레이트와 셰어를 읽을 수 있습니다. 아무것도 바꿀 수 없으며, 다른 컴퓨터는 연결할 수 없습니다.',
    apiPort: '포트',
    apiPortWrong: '1024부터 65535까지의 숫자를 선택하세요.',
    apiAddress: '주소:',
    apiToken: '토큰(“Authorization: Bearer …”로 전송):',
    apiCopy: '토큰 복사',
    updates: '새 버전',
    updatesLook: '새 버전 확인',
    updatesHint:
      '하루에 한 번 {{host}}에 서명된 목록을 요청하며, 사용자나 이 컴퓨터에 관한 정보는 보내지 않습니다. 직접 지시하시기 전에는 아무것도 내려받거나 설치하지 않습니다.',
    updatesNow: '지금 확인',
    updatesNewest: '최신 버전입니다. 마지막 확인: {{date}}.',
    updatesApt: '버전 {{version}} 업데이트가 있습니다. 서명이 진짜임을 확인했습니다. 설치하려면:',
    updatesCommand: 'sudo apt update && sudo apt install --only-upgrade ibctminer',
    updatesPage: '버전 {{version}} 업데이트가 있습니다. 서명이 진짜임을 확인했습니다.',
    updatesOpen: '다운로드 페이지 열기',
    updatesDownload: '다운로드({{size}})',
    updatesAgain: '다시 시도',
    updatesRunning: '버전 {{version}} 다운로드 중: {{done}} / {{size}}.',
    updatesStop: '중지',
    updatesReplace:
      '버전 {{version}} 다운로드가 끝났습니다. 파일이 온전하며 진짜임을 확인했습니다. 현재 버전을 대체합니다. 채굴이 중지되고 앱이 다시 시작됩니다.',
    updatesReplaceNow: '설치하고 다시 시작',
    updatesInstaller:
      '버전 {{version}} 다운로드가 끝났습니다. 파일이 온전하며 진짜임을 확인했습니다. 시스템이 설치 프로그램을 엽니다. 채굴이 중지되고 앱이 종료됩니다.',
    updatesInstallerNow: '종료하고 설치 프로그램 열기',
    updatesStale_other:
      '목록이 {{count}}일 전에 서명되었습니다. 지금쯤 새 목록이 나왔어야 합니다. 누군가 새 버전을 숨기고 있을 수 있습니다. 다운로드 페이지를 확인하세요.',
    reset: '초기화',
    resetHint: '지갑 주소, 풀, 모든 설정을 지웁니다. 채굴이 중지됩니다.',
    resetButton: '모두 초기화',
    resetTitle: '모두 초기화하시겠습니까?',
    resetText:
      '지갑 주소, 풀, 모든 설정을 지우고 채굴을 중지합니다. 코인은 안전합니다. 코인은 이 앱이 아니라 지갑에 있습니다.',
  },
  logs: {
    lead: '지갑 주소는 모든 줄에서 제거됩니다.',
    kept: '{{folder}}에 최대 6 MB까지 보관하며, 오래된 줄부터 지워집니다.',
    openFolder: '폴더 열기',
    export: '모두 내보내기',
    filter: '수준',
    all: '전체',
    warn: '경고와 오류',
    error: '오류',
    search: '로그 검색',
    copy: '로그 복사',
    emptyTitle: '아직 로그가 없습니다',
    empty: '앱이 하는 일이 그때그때 여기에 표시됩니다.',
    noMatch: '일치하는 줄이 없습니다.',
    levels: {
      info: '정보',
      warn: '경고',
      error: '오류',
    },
    entries: '로그 줄',
    messages: '메시지',
    messagesLead:
      '앱과 풀이 최근에 주고받은 메시지입니다. 주소, 비밀번호, 세션 ID는 빠져 있습니다.',
    searchMessages: '메시지 검색',
    copyMessages: '메시지 복사',
    noMessages: '아직 메시지가 없습니다. 앱이 풀에 연결하면 표시됩니다.',
    sent: '보냄',
    received: '받음',
  },
  health: {
    lead: '채굴을 위해 이 컴퓨터가 갖춘 것과, 부족한 것을 보완하는 방법입니다.',
    run: '다시 확인',
    running: '확인하는 중…',
    copy: '보고서 복사',
    copyHint: '보고서에는 주소가 들어 있지 않습니다.',
    failedTitle: '확인을 실행하지 못했습니다',
    statuses: {
      ok: '정상',
      warn: '조치 필요',
      unknown: '알 수 없음',
    },
    allGood: '모두 정상입니다.',
    toLookAt_other: '조치가 필요한 항목이 {{count}}개 있습니다.',
    fix: '해결 방법',
    commands: {
      now: '지금부터 다음 재시작까지',
      atBoot: '컴퓨터를 시작할 때마다',
      lasting: '지금부터 계속',
      undo: '되돌리려면',
    },
    runHint:
      'Run command asks the system to run exactly this command. The system asks for an administrator’s password, which this app never sees.', // untranslated
    runPrompt: 'Answer the system’s prompt.', // untranslated
    runEnds: {
      ran: 'The command has run, and everything was checked again.', // untranslated
      dismissed: 'You closed the system’s prompt. The command was not run.', // untranslated
      notAllowed: 'The system did not allow it. The command was not run.', // untranslated
    },
    results: '결과',
    selfTest: '엔진',
    selfTestRun: '엔진 테스트',
    selfTesting: '테스트하는 중…',
    selfTestHint:
      'RandomX와 함께 결과가 공개된 해시를, 생성된 코드를 쓰는 방식과 쓰지 않는 방식으로 계산합니다. 엔진은 첫 셰어를 보내기 전에 스스로도 똑같이 합니다.',
    selfTestRight: '해시 {{hashes}}개가 모두 맞습니다({{seconds}} s).',
    selfTestWrong:
      '틀린 해시: {{ways}}. 오버클럭을 모두 해제하고 온도를 확인하세요. 그래도 그대로라면 CPU 모델과 함께 알려 주세요.',
    pagesGain: '이곳에서 거대 페이지의 효과',
    pagesGainRun: '효과 측정',
    pagesGainMeasuring: '측정하는 중…',
    pagesGainHint:
      '같은 스레드로 거대 페이지를 쓰는 방식과 쓰지 않는 방식을 번갈아 가며 약 30초 동안 해시를 계산합니다. 아무것도 보내지 않으며 수익도 없습니다. 그동안 메모리 5 GiB를 사용합니다.',
    pagesGainFaster:
      '이 컴퓨터에서는 거대 페이지를 쓰면 채굴이 {{gain, percent}} 더 빠릅니다. 사용할 때 {{huge}}, 사용하지 않을 때 {{small}}.',
    pagesGainAlike:
      '이 컴퓨터에서는 거대 페이지를 써도 차이가 없습니다. 사용할 때 {{huge}}, 사용하지 않을 때 {{small}}.',
    pagesGainOf_other: '스레드 {{count}}개와 {{pages, pages}}로 측정.',
    pagesGainNone:
      '지금은 시스템이 거대 페이지를 주지 않아 비교할 것이 없습니다. 켜는 방법은 “거대 페이지” 항목에 있습니다.',
    fork: 'The next fork of Monero', // untranslated
    forkRun: 'Rehearse the fork', // untranslated
    forkRunning: 'Rehearsing…', // untranslated
    forkHint:
      'Monero’s next fork brings RandomX v2 (rx/2). The rehearsal mines on the practice pool inside this app, which forks in mid-run. It takes about a minute and, in fast mode, 3 GiB of memory. Nothing leaves this computer and nothing is earned.', // untranslated
    forkReady: 'This app and this computer are ready for the next fork of Monero.', // untranslated
    forkNotReady:
      'This app or this computer is not ready for the next fork of Monero. Look for an update, then rehearse it again.', // untranslated
    forkShares:
      'Shares accepted: {{before}} before the fork, {{after}} after it. Refused: {{refused}}.', // untranslated
    forkKept: 'Nothing had to be built again, and mining stood still for at most {{seconds}} s.', // untranslated
    forkRebuilt:
      'The dataset or cache had to be built again, and mining stood still for {{seconds}} s.', // untranslated
    forkRates: 'Hashrate: {{before}} before (rx/0), {{after}} after (rx/2).', // untranslated
    checks: {
      memory: '메모리',
      hugePages: '거대 페이지',
      transparentPages: '투명 거대 페이지',
      aes: 'AES 명령어',
      jit: '생성된 코드',
      dns: '풀 이름',
      tls: '암호화',
      clock: '시계',
      virtualMachine: 'Virtual machine', // untranslated
      numa: 'Memory layout (NUMA)', // untranslated
      temperature: 'Temperature', // untranslated
      energy: 'Energy use', // untranslated
      antivirus: 'Antivirus', // untranslated
      battery: '배터리 감지',
      idle: '미사용 감지',
      tray: '트레이 아이콘',
    },
    remarks: {
      memoryLightChosen: '“설정”에서 경량 모드가 선택되어 있습니다. 256 MiB가 필요합니다.',
      memoryFast: '고속 모드에 필요한 2.3 GiB가 확보되어 있습니다.',
      memoryUnknown: '이 컴퓨터에서는 남은 메모리를 알 수 없습니다.',
      memoryFree: '{{bytes, gibibytes}} 비어 있습니다. 고속 모드에는 약 3 GiB가 필요합니다.',
      memoryShort:
        '{{bytes, gibibytes}} 비어 있습니다. 고속 모드에는 약 3 GiB가 필요하므로, 이 컴퓨터는 몇 배 느린 경량 모드로 채굴하게 됩니다.',
      memoryShortNow:
        '{{bytes, gibibytes}} 비어 있습니다. 고속 모드에는 약 3 GiB가 필요하므로, 이 컴퓨터는 몇 배 느린 경량 모드로 채굴하고 있습니다.',
      memoryFix: '다른 프로그램을 닫은 뒤 채굴을 중지했다가 다시 시작하세요.',
      pagesGood: '거대 페이지를 사용 중입니다.',
      pagesFree_other: '2 MiB 거대 페이지 {{count, integer}}개가 비어 있습니다.',
      pagesShort_other:
        '스레드 {{count}}개에 2 MiB 거대 페이지 {{needed, integer}}개가 필요하지만, 비어 있는 것은 {{free, integer}}개입니다.',
      pagesTransparent: '대신 투명 거대 페이지를 사용하며, 효과는 비슷합니다.',
      pagesUnknown: '이 컴퓨터에서는 거대 페이지 정보를 알 수 없습니다.',
      pagesInUse:
        '데이터셋: {{dataset, pages}}. 캐시: {{cache, pages}}. 스크래치패드: {{scratchpads, pages}}.',
      pagesFix:
        '거대 페이지를 예약한 뒤 채굴을 중지했다가 다시 시작하세요. 그러면 메모리에 접근할 때마다 거치는 단계가 줄어들며, 보통 이것이 가장 큰 개선입니다. 그동안 다른 프로그램은 이 {{bytes, gibibytes}} 메모리를 쓸 수 없습니다.',
      pagesFixBeside:
        '거대 페이지를 예약한 뒤 채굴을 중지했다가 다시 시작하세요. 투명 거대 페이지보다 확실하고 조금 더 빠른 경우가 많습니다. 그동안 다른 프로그램은 이 {{bytes, gibibytes}} 메모리를 쓸 수 없습니다.',
      thpOn: '시스템은 요청하는 프로그램에 거대 페이지를 제공하며, 이 앱도 요청합니다.',
      thpNotNeeded: '꺼져 있지만 필요하지 않습니다. 거대 페이지가 충분히 예약되어 있습니다.',
      thpOff: '시스템이 거대 페이지를 자동으로 제공하지 않습니다.',
      thpFix:
        '거대 페이지를 요청하는 프로그램이 쓸 수 있게 허용한 뒤, 채굴을 중지했다가 다시 시작하세요. 메모리를 따로 예약하지 않고도 거대 페이지 효과의 대부분을 얻습니다.',
      thpUnknown: '이 컴퓨터에서는 이 정보를 알 수 없습니다.',
      aesFound: 'CPU에 AES 명령어가 있습니다.',
      aesMissing: 'CPU에 AES 명령어가 없습니다. 없으면 채굴이 훨씬 느립니다.',
      aesFix:
        '가상 머신이라면 CPU 유형을 “host”로 설정하세요. 아니라면 이 CPU는 너무 오래되어 채굴에 적합하지 않습니다.',
      aesUnknown: '채굴 엔진을 불러오지 못해 CPU를 확인할 수 없었습니다.',
      jitUsed: 'RandomX 프로그램이 생성된 기계어로 실행됩니다({{path}}).',
      jitMissing:
        'RandomX 프로그램이 인터프리터로 실행되어 여러 배 느립니다. 시스템이 생성된 코드를 금지하거나 이 CPU가 지원되지 않습니다.',
      jitFix: '보안 소프트웨어에서 이 앱이 생성된 코드를 실행하도록 허용하세요.',
      jitUnknown: '채굴을 시작하면 알 수 있습니다.',
      poolNone: '아직 선택한 풀이 없습니다.',
      poolPractice: '연습용 풀은 이 앱 안에 있습니다.',
      nameFound: '{{host}} 주소를 찾았습니다.',
      nameNotFound: '{{host}} 이름을 조회하지 못했습니다.',
      nameFix: '풀 주소의 철자와 인터넷 연결을 확인하세요.',
      nameByProxy: '{{host}} 이름은 프록시가 조회합니다.',
      nameNotAsked: '{{host}} 이름은 아직 조회하지 않았습니다. 앱은 채굴하는 동안에만 조회합니다.',
      tlsUsed: '연결이 암호화되어 있습니다.',
      tlsNotNeeded: '연결이 이 컴퓨터를 벗어나지 않습니다.',
      tlsByTor: 'onion 주소와의 연결은 Tor가 암호화합니다.',
      tlsMissing:
        '연결이 암호화되어 있지 않습니다. 풀과의 사이에 있는 누구나 주소를 읽고 셰어를 가로챌 수 있습니다.',
      tlsFix: '풀에 TLS 포트가 있으면 그것을 사용하세요.',
      tlsMissingToNode:
        '노드와의 연결이 암호화되어 있지 않습니다. 노드와의 사이에 있는 누구나 보상을 가로챌 수 있습니다.',
      tlsFixOfNode: 'TLS로 노드에 연결하거나, 노드를 이 컴퓨터에서 실행하세요.',
      clockKept: '시간 서버가 시계를 맞추고 있습니다.',
      clockBehind: '시계가 몇 달 또는 몇 년 뒤처져 있습니다.',
      clockAlone: '시계를 맞추는 시간 서버가 없습니다.',
      clockFix:
        '시스템 설정에서 자동 시간 설정을 켜세요. 인증서와 기록에는 정확한 시간이 필요합니다.',
      clockUnknown:
        '시계는 맞아 보입니다. 시간 서버가 시계를 맞추는지는 이 시스템에서 알 수 없습니다.',
      virtualNo: 'This computer is not a virtual machine.', // untranslated
      virtualYes:
        'This is a virtual machine. Mining in one needs the CPU type “host”, and huge pages on the host help most.', // untranslated
      virtualUnknown: 'This computer does not report whether it is a virtual machine.', // untranslated
      numaOne: 'All of the memory is equally close to the CPU.', // untranslated
      numaMany:
        'This computer has {{nodes, integer}} memory nodes. Each gets its own copy of the dataset where there is room for it.', // untranslated
      numaUnknown: 'The mining engine could not be loaded, so the memory layout is not known.', // untranslated
      temperatureKnown:
        'The CPU’s temperature can be read, so mining can step down when it gets hot.', // untranslated
      temperatureUnknown:
        'The CPU’s temperature cannot be read here, so mining cannot step down when it gets hot.', // untranslated
      energyKnown: 'The CPU reports how much power it draws.', // untranslated
      energyUnknown:
        'The power that the CPU draws cannot be read here. Type it in under Settings to see costs.', // untranslated
      antivirusRare: 'Antivirus programs rarely interfere on this system.', // untranslated
      antivirusLikely:
        'Antivirus programs often take miners for a threat, even those you installed yourself. If yours blocks this app, check its files under About, then allow this folder: {{folder}}.', // untranslated
      batteryKnown:
        '배터리 사용 여부를 시스템에서 알 수 있으므로 “배터리 사용 중 일시 중지”가 작동합니다.',
      batteryUnknown: '배터리를 찾지 못했으므로 “배터리 사용 중 일시 중지”는 효과가 없습니다.',
      idleKnown: '컴퓨터가 사용 중인지 시스템에서 알 수 있습니다.',
      idleUnknown: '컴퓨터가 사용 중인지 이 데스크톱에서는 알 수 없습니다.',
      trayShown: '데스크톱이 트레이 아이콘을 표시합니다.',
      trayMissing: '데스크톱이 트레이 아이콘을 표시하지 않으므로 채굴하는 동안 창이 열려 있습니다.',
      trayFix:
        'GNOME에서는 확장 “AppIndicator and KStatusNotifierItem Support”를 설치한 뒤 다시 로그인하세요. 그러면 채굴하는 동안 창을 숨길 수 있습니다. Debian과 Ubuntu에서는:',
    },
    report: {
      title: 'Ibctminer {{version}}({{platform}})',
      cpu: 'CPU: {{name}}',
      state: '상태: {{why}}',
    },
  },
  about: {
    lead: '내 CPU로 하는 Monero 채굴. “채굴 시작”을 누르기 전에는 아무것도 실행되지 않습니다.',
    version: '버전 {{version}}',
    fee: '수수료 0%',
    versions: '버전',
    application: 'Ibctminer',
    electron: 'Electron',
    chrome: 'Chromium',
    node: 'Node.js',
    platform: '시스템',
    library: '네이티브 라이브러리(SHA-256)',
    libraryNone: '불러오지 않음',
    settingsFolder: '설정 폴더',
    oldElectron:
      '이 빌드는 더 이상 보안 수정을 받지 못하는 Electron {{version}}에서 실행됩니다. 만들 때 공식 버전을 내려받을 수 없었기 때문입니다. 개발과 테스트용이므로 다른 사람에게 건네지 마세요.',
    trust: '우리의 약속',
    rules: {
      start:
        '동의하고 “채굴 시작”을 누르기 전에는 해시를 하나도 계산하지 않습니다. 그때까지는 풀을 테스트하거나 측정할 때에만 그 풀에 연결합니다.',
      visible: '채굴하는 동안 앱 고유의 이름으로 창이나 트레이 아이콘이 보입니다.',
      fee: '본인의 주소를 위해 채굴합니다. 수수료는 0%입니다.',
      practice: '연습과 측정은 계산 결과를 누구에게도 보내지 않습니다.',
      // untranslated
      rights:
        'It never gives itself administrator rights. It shows the commands that need them, and runs one only when you press Run command and the system’s own prompt allows it.',
      system: '드라이버를 불러오지 않으며, 백신이나 전원 설정을 바꾸지 않습니다.',
      updates: '몰래 프로그램을 내려받지 않습니다.',
      quit: '종료하면 프로세스가 남지 않습니다.',
      privacy: '로그와 보고서에는 주소가 들어가지 않습니다. 텔레메트리가 없습니다.',
    },
    files: '이 파일들은 진짜인가요?',
    filesHint: '이 앱의 모든 파일을, 출시할 때 서명한 목록과 비교합니다. 아무것도 보내지 않습니다.',
    filesCompare: '파일 비교',
    filesComparing: '비교하는 중…',
    filesUnsigned:
      '개발용 빌드가 그렇듯, 이 빌드에는 서명된 목록이 없습니다. 무엇으로 만들어졌는지 알 수 없습니다.',
    filesSame_other: '파일 {{count}}개가 모두 출시된 그대로입니다({{signedAs}}).',
    filesDiffer: '이 파일들은 출시된 것과 다릅니다. 신뢰하는 곳에서 앱을 다시 설치하세요.',
    filesChanged: '변경됨: {{files}}',
    filesMissing: '없음: {{files}}',
    filesAdded: '이 앱의 것이 아님: {{files}}',
    filesOutside:
      '변조된 프로그램은 자신에 대해 거짓말을 할 수 있습니다. 웹 페이지의 키로 외부에서 확인하려면:',
    licences: '라이선스',
    licence: 'Ibctminer는 MIT 라이선스를 따르는 자유 소프트웨어입니다.',
    builtWith: '사용한 소프트웨어',
    links: '더 알아보기',
    howMiningWorks: '채굴의 원리',
    hugePages: '거대 페이지 설명',
    source: '소스 코드',
    getWallet: '지갑 받기',
  },
  connections: {
    title: '연결',
    hint: '앱이 연결하거나 수신 대기하는 모든 것입니다. 그중 호스트 이름은 시스템의 네임 서버에 조회합니다. 그 밖에는 어디에도 연결하지 않습니다.',
    purpose: '용도',
    place: '위치',
    last: '마지막 연결',
    bytes: 'Sent / received', // untranslated
    bytesHint: 'Bytes are counted since launch, encryption included.', // untranslated
    state: '현재',
    never: '실행 후 없음',
    on: '켜짐',
    off: '꺼짐',
    anyPort: '{{host}}, 빈 포트 중 하나',
    purposes: {
      pool: '풀: 작업과 셰어, 지갑 주소 포함. 채굴하는 동안과 테스트할 때.',
      node: '노드: 채굴할 블록, 지갑 주소 포함. 채굴하는 동안과 테스트할 때.',
      nodeNews: '노드: 새 블록 소식. 채굴하는 동안.',
      latency:
        '알려진 풀: 지연 시간을 재려고 연결했다가 바로 끊습니다. 아무것도 보내지 않습니다. 요청할 때.',
      account:
        '풀의 웹 API: 풀에 있는 잔액을 지갑 주소로 조회. 켠 경우, 채굴하거나 잔액을 보는 동안 5분마다.',
      practice: '연습용 풀, 앱 안에 있음. 연습하는 동안.',
      updates:
        '새 버전: 작은 파일 두 개, 사용자 정보 없음. “설정”에서 켠 경우 하루에 한 번. 프로그램 자체는 “다운로드”를 누를 때.',
      api: '모니터링 API: 이 컴퓨터의 프로그램이 묻고 앱이 답합니다. “설정”에서 켠 경우.',
    },
  },
  uninstall: {
    title: '제거',
    hint: '앱이 이 컴퓨터에 만든 모든 것을 보여 주고, 남기지 않을 것을 지웁니다.',
    open: '제거…',
    askTitle: 'Ibctminer를 제거하시겠습니까?',
    askText:
      '앱이 이 컴퓨터에 만든 것은 이것이 전부입니다. 채굴이 중지되고, 남기지 않는 것은 완전히 삭제됩니다. 코인은 안전합니다. 코인은 이 앱이 아니라 지갑에 있습니다.',
    nothing: '앱이 이 컴퓨터에 기록한 것이 없습니다.',
    made: {
      settings: '설정, 지갑 주소, 풀',
      history: '채굴 기록',
      logs: '로그',
      tuning: '성능 측정 결과',
      marker: '채굴 중이라는 표시',
      window: '창의 크기와 위치',
      loginItem: '로그인할 때 열기',
      browser: '창의 캐시',
      lock: '앱이 실행 중이라는 표시',
      update: '내려받은 새 버전',
      folder: '앱의 폴더',
    },
    keep: {
      settings: '설정, 지갑 주소, 풀 남기기',
      history: '기록 남기기',
      tuning: '성능 측정 결과 남기기(터미널 채굴기도 사용)',
    },
    foreign: '앱이 만든 것이 아니므로 그대로 둠: {{names}}',
    confirm: '채굴 중지하고 제거',
    removing: '제거하는 중…',
    doneTitle: 'Ibctminer가 정리를 마쳤습니다',
    partlyTitle: '일부를 지우지 못했습니다',
    doneText: '지금 종료하세요. 다른 작업을 하면 일부가 다시 기록됩니다.',
    fates: {
      removed: '삭제됨',
      kept: '남겨 둠',
      atQuit: '종료할 때 지워짐',
      afterQuit: '종료한 뒤 삭제하세요',
      failed: '지우지 못함: {{problem}}',
    },
    programTitle: '프로그램 자체',
    program: {
      deb: '시스템의 패키지 관리자가 설치했습니다. 제거하려면:',
      appImage: '파일 하나입니다. 삭제하려면:',
      folder: '압축을 푼 폴더입니다. 삭제하려면:',
      nsis: 'Windows의 “설치된 앱”에서 제거하거나 다음 명령을 사용하세요:',
      mac: '휴지통으로 옮기거나 다음 명령으로 삭제하세요:',
      source: '소스 트리에서 실행되고 있습니다. 삭제하려면:',
    },
    hugePagesTitle: '거대 페이지',
    // untranslated
    hugePages_other:
      '{{count}} huge pages are reserved. The app never does that without being asked. If it was for mining, undo it with:',
    quit: '종료',
  },
  close: {
    title: 'Ibctminer를 닫으시겠습니까?',
    mining: '트레이에 아이콘을 둔 채 백그라운드에서 채굴을 계속할 수 있습니다.',
    idle: '앱을 트레이에 남겨 둘 수 있습니다. 지금은 채굴하고 있지 않습니다.',
    noTray: '이 데스크톱에는 시스템 트레이가 없어서 앱이 백그라운드에서 계속 실행될 수 없습니다.',
    background: '백그라운드에서 계속 실행',
    quit: '종료',
    quitMining: '채굴 중지하고 종료',
    remember: '선택 기억하기',
  },
  problem: {
    internal: '앱 내부에서 문제가 생겼습니다: {{reason}}',
    poolUrlEmpty: 'pool.example.com:3333처럼 풀의 주소를 입력하세요.',
    poolUrlWebPage:
      '{{scheme}}:// 주소는 웹 페이지입니다. 그곳에서 pool.example.com:3333 같은 풀의 채굴 포트 주소를 찾으세요. 내 monerod라면 daemon+http://host:port라고 쓰세요.',
    poolUrlScheme:
      '{{scheme}}:// 주소는 지원하지 않습니다. host:port, stratum+tcp://host:port, stratum+ssl://host:port 중 하나로 쓰세요.',
    poolUrlHost: '“{{host}}” 값은 올바른 호스트 이름이나 주소가 아닙니다. 철자를 확인하세요.',
    poolUrlHostMissing: '호스트가 없습니다. pool.example.com:3333처럼 host:port 형식으로 쓰세요.',
    poolUrlBrackets: 'IPv6 주소는 대괄호로 묶으세요: [{{address}}]:3333.',
    poolUrlPort: '“{{port}}” 값은 올바른 포트가 아닙니다. 포트는 1부터 65535까지의 숫자입니다.',
    poolUrlPortMissing: '포트가 없습니다. pool.example.com:3333처럼 host:port 형식으로 쓰세요.',
    poolUrlLogin:
      '주소는 로그인 정보 없이 쓰세요: {{place}}. 로그인 정보는 별도의 입력란에 씁니다(터미널에서는 --login과 --pass).',
    connectionTimedOut:
      '{{place}}에서 제때 응답하지 않았습니다. 호스트, 포트, 인터넷 연결을 확인하세요.',
    connectionRefused: '{{place}}에서 연결을 거부했습니다. 포트를 확인하세요.',
    connectionFailed:
      '{{place}}에 연결하지 못했습니다({{reason}}). 호스트, 포트, 인터넷 연결을 확인하세요.',
    hostUnreachable: '여기에서는 {{place}}에 연결할 수 없습니다. 인터넷 연결을 확인하세요.',
    hostNotFound: '{{host}} 호스트를 찾지 못했습니다. 철자를 확인하세요.',
    nameServersSilent:
      '{{host}} 이름을 조회하지 못했습니다. 응답한 네임 서버가 없습니다. 인터넷 연결을 확인하세요.',
    proxyUnreachable: '프록시를 사용할 수 없었습니다. {{why}}',
    proxyFailed:
      '프록시가 {{place}}에 연결하지 못했습니다({{reason}}). 풀의 주소와 프록시의 로그를 확인하세요.',
    tlsFailed: '{{place}}에서 TLS로 응답하지 않았습니다. TLS를 끄거나 풀의 TLS 포트를 사용하세요.',
    tlsExpected: '이것은 TLS 포트입니다. 이 풀의 TLS를 켜세요.',
    certificateNotTrusted:
      '신뢰할 수 없는 인증서입니다. {{why}} 지문이 {{fingerprint}}임을 확실히 아는 경우에만 신뢰하고, 아니면 다른 풀을 선택하세요.',
    certificateNotPinned:
      '고정하신 인증서가 아닙니다. 예상: {{pinned}}, 실제: {{found}}. 누군가 연결을 가로채고 있을 수 있습니다. 새 인증서가 공지되었다면 그것을 고정하세요.',
    certificateChanged:
      '인증서가 바뀌었습니다. 이전: {{first}}, 현재: {{found}}. 새 인증서를 보증하는 알려진 기관이 없습니다. 누군가 연결을 가로채고 있을 수 있습니다. 내 P2Pool을 다시 시작한 것이라면 채굴을 다시 시작하여 신뢰하세요.',
    certificateExpired: '{{day}}에 만료되었습니다.',
    certificateNotYetValid: '{{day}} 전에는 유효하지 않습니다. 이 컴퓨터의 시계를 확인하세요.',
    certificateSelfSigned: '자체 서명된 인증서입니다.',
    certificateUnknownAuthority: '이 컴퓨터가 아는 기관 중 보증하는 곳이 없습니다.',
    certificateOfAnother:
      '다른 이름으로 발급되었습니다. 발급 대상: {{names}}, 접속한 이름: {{name}}.',
    certificateUnverified: '검증할 수 없었습니다({{reason}}).',
    loginTimedOut: '풀이 {{waitMs, duration}} 안에 로그인에 응답하지 않았습니다.',
    loginTooLong: '로그인 이름, 비밀번호, 리그 이름을 합친 길이가 너무 깁니다. 줄이세요.',
    loginMalformed: '풀이 로그인을 받아들였지만 세션 ID를 주지 않았습니다.',
    sessionIdTooLong: '풀의 세션 ID가 너무 길어 돌려보낼 수 없습니다.',
    loginRefused: '풀이 로그인을 거부했습니다: “{{said}}”. 지갑 주소와 풀 설정을 확인하세요.',
    loginFailed: '풀이 로그인을 거부했습니다: “{{said}}”.',
    loginFailedSilently: '풀이 이유를 밝히지 않고 로그인을 거부했습니다.',
    poolNotReady: '풀이 지금은 로그인을 받을 수 없습니다: “{{said}}”.',
    banned: '풀이 이 컴퓨터를 한동안 차단했습니다: “{{said}}”.',
    sessionLost: '풀이 이 세션을 잊었습니다: “{{said}}”.',
    noJob: '풀이 로그인을 받아들였지만 {{waitMs, duration}} 안에 작업을 보내지 않았습니다.',
    noJobForLong: '풀이 {{waitMs, roughly}} 동안 작업을 보내지 않았습니다.',
    sharesUnanswered_other: '풀이 최근 셰어 {{count}}개에 응답하지 않았습니다.',
    noShareCounts_other: '최근 셰어 {{count}}개가 인정되지 않았습니다. {{why}}',
    sharesRefusedForNow:
      '셰어 다섯 개가 연달아 거부되었습니다. {{why}} 앱이 나중에 이 풀을 다시 시도합니다.',
    sharesRefused:
      '셰어 다섯 개가 연달아 거부되었습니다. {{why}} 이 컴퓨터의 계산 결과가 틀렸을 수 있어서 이 풀에서의 채굴을 중지했습니다. 오버클럭을 모두 해제하거나 다른 풀을 시도하세요.',
    poolNotReading: '보낸 데이터를 풀이 더 이상 읽지 않습니다.',
    tooMuchData: '풀이 정상적인 양을 훨씬 넘는 데이터를 보냅니다. 포트를 확인하세요.',
    lineTooLong: '풀이 끝없는 줄을 보냈습니다. 포트를 확인하세요.',
    notStratum: '풀이 stratum 프로토콜을 쓰지 않습니다. 포트를 확인하세요.',
    webServer: '이 포트는 웹 서버의 것입니다. 풀의 채굴 포트를 찾으세요.',
    closed: '풀이 연결을 닫았습니다.',
    closedAtOnce: '풀이 응답 없이 연결을 닫았습니다.',
    closedAtOnceTlsPerhaps:
      '풀이 응답 없이 연결을 닫았습니다. 이것이 TLS 포트라면 이 풀의 TLS를 켜세요.',
    connectionBroken: '풀이 연결을 끊었습니다.',
    connectionDied: '연결이 끊어졌습니다. 풀이 더 이상 응답하지 않습니다.',
    connectionEnded: '연결이 끝났습니다({{reason}}).',
    connectionRenewed: '컴퓨터가 절전 상태였거나 네트워크가 바뀌었습니다. 다시 연결합니다.',
    jobMalformed:
      '풀이 보낸 작업의 {{member}} 항목이 빠졌거나 손상되었습니다. 이 작업은 무시했습니다.',
    jobsMalformed: '풀이 손상된 작업을 보냅니다. {{why}}',
    jobIdTooLong: '풀이 보낸 작업의 ID가 너무 길어 돌려보낼 수 없습니다.',
    algorithmUnknown:
      '풀이 Monero의 알고리즘이 아닌 “{{said}}” 작업을 보냈습니다. 다른 풀이나 포트를 선택하세요.',
    algorithmNotWanted:
      '풀이 {{algorithm}} 작업을 보냈지만, 허용된 것은 {{wanted}}뿐입니다. 다른 풀이나 포트를 선택하세요.',
    blockVersionUnknown:
      '풀이 이 앱이 채굴할 수 없는 버전 {{version}} 블록을 보냈습니다. 다른 풀이나 포트를 선택하세요.',
    blockLayoutUnknown:
      '풀이 알 수 없는 구조의 블록을 보냈습니다. 다른 풀이나 포트를 선택하거나, 이 앱의 업데이트를 찾아보세요.',
    seedHashMissing:
      '풀이 시드 해시가 없어 아무도 채굴할 수 없는 RandomX 작업을 보냈습니다. 다른 풀이나 포트를 선택하세요.',
    jobGone: '셰어의 작업이 이전 연결의 것입니다.',
    jobWithdrawn: '풀이 셰어의 작업을 채굴할 수 없는 것으로 바꾸었습니다.',
    difficultyRaised: '풀이 그 뒤에 이 작업의 난이도를 올렸습니다.',
    blockChanged: '셰어를 찾기 전에 풀이 다른 블록으로 넘어갔습니다.',
    shareBelowTarget: '엔진이 찾은 셰어가 목표에 못 미칩니다. 보내지 않았습니다.',
    shareNonceDiffers: '셰어의 논스가 blob에 든 것과 다릅니다. 보내지 않았습니다.',
    shareNonceReserved: '셰어의 논스가 풀을 위해 예약된 바이트를 사용합니다. 보내지 않았습니다.',
    shareRepeated: '같은 셰어를 두 번 찾았습니다. 한 번만 보냈습니다.',
    tooManyShares: '풀이 셰어마다 요구하는 계산량이 너무 적어서 이 셰어는 보내지 않았습니다.',
    notConnected: '셰어를 보낼 연결이 없었습니다.',
    shareUnanswered: '풀이 1분 안에 이 셰어에 응답하지 않았습니다.',
    shareCutOff: '풀이 이 셰어에 응답하기 전에 연결이 끝났습니다.',
    poolLeft: '풀이 이 셰어에 응답하기 전에 앱이 풀을 떠났습니다.',
    shareLate: '셰어가 풀에 너무 늦게 도착했습니다: “{{said}}”.',
    shareRefused: '풀이 셰어를 거부했습니다: “{{said}}”.',
    shareRefusedSilently: '풀이 이유를 밝히지 않고 셰어를 거부했습니다.',
    poolGivesNoWork: '이 풀은 작업을 주지 않지만, 목록의 다른 풀은 줍니다.',
    earlierPoolWorks: '목록에서 더 위에 있는 풀이 다시 작동합니다.',
    noPoolLeft: '목록에 작동하는 풀이 없습니다. {{why}}',
    nodeUrlEmpty: '127.0.0.1:18081처럼 monerod의 주소를 입력하세요.',
    nodeUrlScheme:
      '{{scheme}}:// 주소로는 monerod에 연결할 수 없습니다. host:port, http://host:port, https://host:port 중 하나로 쓰세요.',
    nodeUrlLogin:
      '이 주소의 로그인 정보를 읽을 수 없습니다. user:password@host:port 형식으로 쓰되 @는 %40, :는 %3A, /는 %2F, %는 %25로 쓰세요.',
    nodeUrlPath: '노드 주소 뒤의 “{{path}}” 부분은 올바른 경로가 아닙니다. 빼세요.',
    nodeUrlQuery:
      '“{{query}}” 부분은 지원하지 않습니다. 주소 뒤에는 monerod의 --zmq-pub 포트인 ?zmq=PORT만 올 수 있습니다.',
    nodeLoginNeeded:
      '노드가 로그인을 요구합니다. --rpc-login의 사용자 이름과 비밀번호를 입력하세요.',
    nodeLoginRefused: '노드가 사용자 이름이나 비밀번호를 거부했습니다. 둘 다 확인하세요.',
    nodeLoginUnknown: '노드 앞의 서버가 지원하지 않는 방식의 로그인을 요구합니다.',
    nodeLoginInClear:
      '노드 앞의 서버가 비밀번호를 평문으로 요구합니다. 아무도 읽지 못하도록 TLS(https://)를 사용하세요.',
    nodeRefused: '노드의 응답: “{{said}}”.',
    nodeHttpStatus:
      '노드가 HTTP 상태 {{status}} 응답을 보냈습니다. monerod의 RPC 포트인지 확인하고, 경로가 있다면 경로도 확인하세요.',
    nodeNotMonerod:
      '그곳에서 응답하는 것은 monerod가 아닙니다(요청: {{asked}}). monerod의 RPC 포트인지 확인하세요.',
    nodeAnswerTooLong: '노드의 응답이 너무 깁니다. monerod의 RPC 포트인지 확인하세요.',
    nodeTimeout: '노드가 {{limitMs, duration}} 안에 응답하지 않았습니다.',
    nodeClosed:
      '{{place}}에서 응답 없이 연결을 닫았습니다. monerod가 실행 중이고 이것이 그 RPC 포트인지 확인하세요. TLS(https://)가 필요할 수도 있습니다.',
    nodeNotHttp:
      '{{place}}에서 HTTP를 쓰지 않습니다. monerod의 RPC 포트인지 확인하세요. TLS(https://)가 필요할 수도 있습니다.',
    nodeConnectionLost: '{{place}} 연결에 실패했습니다({{reason}}).',
    nodeWrongNetwork:
      '노드와 지갑 주소의 네트워크가 다릅니다. 노드: {{nodeNetwork}}, 지갑 주소: {{network}}. 주소와 같은 네트워크의 노드를 사용하세요.',
    nodeSyncing: '노드가 아직 동기화 중입니다. 끝나면 채굴이 자동으로 시작됩니다.',
    nodeSyncingAt:
      '노드가 아직 동기화 중입니다(블록 {{height, integer}} / {{target, integer}}). 끝나면 채굴이 자동으로 시작됩니다.',
    nodeUntrusted:
      '노드가 아직 동기화 중이어서 다른 노드의 정보를 그대로 전달하고 있으므로 블록을 공개할 수 없습니다. 끝나면 채굴이 자동으로 시작됩니다.',
    nodeAddressRefused: '노드가 이 지갑 주소를 받아들이지 않습니다. 주소를 확인하세요.',
    nodeSubaddress: '솔로 채굴에는 4로 시작하는 기본 주소가 필요합니다. 이것은 하위 주소입니다.',
    nodeIntegrated:
      'A node drops the payment ID of an integrated address, so nobody could tell whom a reward is for. Solo mining needs a primary address.', // untranslated
    nodeOldBlock:
      '노드가 RandomX 이전의 버전 {{version}} 블록을 요구합니다. 노드가 동기화되었는지 확인하세요.',
    nodeUnknownLayout:
      '노드가 알 수 없는 구조의 블록(버전 {{version}})을 요구합니다. 이 앱의 업데이트를 찾아보세요.',
    nodeOtherAlgorithm: '노드가 {{algorithm}} 채굴을 요구하지만, 허용된 것은 {{only}}뿐입니다.',
    nodeUnproven:
      '{{host}}에 있는 것이 내 노드라는 증거가 없습니다. 중간에 있는 누구나 보상이 다른 사람에게 가는 작업을 건넬 수 있습니다. 신뢰하는 인증서와 함께 TLS를 사용하세요.',
    nodeNoPublisher: '{{place}}에 있는 것은 monerod의 ZMQ 게시자가 아닙니다.',
    nodeNotAnnouncing:
      '노드가 새 블록을 알려 주지 않아서 앱이 1초에 한 번 물어봅니다. monerod의 --zmq-pub을 확인하세요. {{reason}}',
    blockSuperseded: '체인에 이 해답의 바탕보다 더 새로운 블록이 있습니다.',
    blockTemplateUsed:
      '이 블록에는 이미 해답이 있습니다. 두 번째 해답은 체인에 들어갈 수 없습니다.',
    blockTooEasy: '해시가 블록의 난이도에 못 미칩니다.',
    blockOrphaned: '같은 높이의 다른 블록이 먼저 왔습니다.',
    blockMissing: '노드가 블록을 받아들였지만 갖고 있지 않습니다.',
    blockUndelivered: '블록을 제때 전달하지 못했습니다. {{reason}}',
    blockUnanswered: '노드가 이 해답에 응답하기 전에 앱이 노드를 떠났습니다.',
    practiceNoServer: '이 컴퓨터에서 연습용 풀을 시작하지 못했습니다: {{reason}}.',
    addressMissing: '본인의 Monero 주소를 입력하세요.',
    addressOtherCoin: '{{coin}} 주소처럼 보입니다. 4 또는 8로 시작하는 Monero 주소를 입력하세요.',
    addressIsSecret:
      '시드 문구나 비밀 키처럼 보입니다. 누구에게도 절대 주지 마세요. 이것을 손에 넣은 사람은 누구나 돈을 가져갈 수 있습니다. 4 또는 8로 시작하는 지갑 주소를 입력하세요.',
    addressIsName:
      '“{{name}}” 값은 주소가 아니라 이름입니다. 앱은 이름을 조회하지 않습니다. 지갑에 표시되는 Monero 주소 자체를 입력하세요.',
    addressWithMail:
      '주소 뒤에 워커 이름이나 이메일 주소가 붙어 있습니다. 주소만 입력하세요. 풀의 로그인 이름에 다른 내용도 필요하면 로그인 이름 입력란(터미널에서는 --login)을 사용하세요.',
    addressGap_other:
      '{{count}}번째 글자 뒤에 공백이나 줄바꿈이 있습니다. 주소를 끊김 없이 다시 복사하세요.',
    addressForeign:
      '{{position}}번째 글자가 틀렸습니다. Monero 주소에 절대 나오지 않는 글자입니다: “{{character}}”. 주소를 다시 복사하세요.',
    addressInvisible:
      '{{position}}번째 글자는 보이지 않는 글자({{character}})이며 주소의 일부가 아닙니다. 앞뒤에 아무것도 없이 주소를 다시 복사하세요.',
    addressTooShort_other:
      'Monero 주소치고는 너무 짧습니다. 95글자 중 {{count}}글자가 모자랍니다. 주소 전체를 다시 복사하세요.',
    addressOneTooMany: '한 글자가 더 많습니다. 주소는 95글자입니다. 주소 전체를 다시 복사하세요.',
    addressTooLong:
      '{{length}}글자입니다. Monero 주소는 95글자, 통합 주소는 106글자입니다. 주소 전체를 다시 복사하세요.',
    addressWrongCharacter:
      '한 글자가 틀렸습니다: {{position}}번째 글자입니다. 지갑에서 주소를 다시 복사하세요.',
    addressSwapped:
      '이웃한 두 글자가 뒤바뀌었습니다: {{first}}번째와 {{second}}번째입니다. 지갑에서 주소를 다시 복사하세요.',
    addressChecksum:
      '이 주소의 일부 글자가 틀렸습니다. 체크섬이 맞지 않습니다. 지갑에서 주소를 다시 복사하세요.',
    addressUnknownKind: '체크섬은 맞지만 Monero 주소가 아닙니다. 지갑에서 주소를 다시 복사하세요.',
    addressTestNetwork:
      '이것은 실제 돈이 없는 {{network}} 주소입니다. Monero 메인넷의 주소를 입력하세요.',
    addressWrongNetwork: '이것은 {{network}} 주소입니다. {{wanted}} 주소를 입력하세요.',
    addressLinkOfWallet:
      '이 링크에는 지갑의 키가 들어 있습니다. 절대 어디에도 붙여넣지 마세요. 4 또는 8로 시작하는 주소만 입력하세요.',
    addressLinkMalformed: '이 결제 링크를 읽을 수 없습니다. 4 또는 8로 시작하는 주소만 입력하세요.',
    addressLinkPaymentId:
      '이 결제 링크에는 채굴로는 전달할 수 없는 결제 ID가 있어서 보상을 잃을 수 있습니다. 본인 지갑의 주소를 사용하세요.',
    pictureUnreadable: '이미지를 읽을 수 없었습니다: {{reason}}. 다른 이미지를 선택하세요.',
    pictureTooLarge:
      '이미지가 너무 큽니다. 최대 10 MB, 4000만 화소입니다. QR 코드만 남게 자른 뒤 다시 시도하세요.',
    pictureUnknown:
      'PNG나 JPEG 이미지가 아니거나 손상되었습니다. QR 코드를 둘 중 하나로 저장한 뒤 다시 시도하세요.',
    pictureWithoutQr:
      '이 이미지에서 QR 코드를 찾지 못했습니다. QR 코드만 남게 자르거나, 주소를 붙여넣으세요.',
    walletRig: '점 뒤의 리그 이름에는 영문자, 숫자, “-”, “_”를 1~31자까지 쓸 수 있습니다.',
    walletDifficulty: '“+” 뒤에는 ADDRESS+10000처럼 셰어 난이도를 정수로 쓰세요.',
    engineMissing:
      '채굴 엔진이 없습니다. 앱을 다시 설치하거나, 저장소에서 “npm run set-up”을 실행하세요.',
    engineChanged:
      '채굴 엔진이 빌드된 뒤 변경되어 불러오지 않았습니다. 앱을 다시 설치하거나, 저장소에서 “npm run set-up”을 실행하세요.',
    engineOutOfMemory:
      '비어 있는 메모리가 부족합니다. 경량 모드에는 약 256 MiB, 고속 모드에는 약 2.3 GiB가 필요합니다. 다른 프로그램을 닫은 뒤 다시 시작하세요.',
    enginePagesUnavailable:
      '요청한 크기의 메모리 페이지가 시스템에 너무 적습니다. “auto”를 선택하세요.',
    engineSelfTestFailed:
      '엔진이 자체 테스트에서 틀린 해시를 계산하여 채굴하지 않습니다. CPU 모델과 함께 알려 주세요.',
    engineThreadRefused: '시스템이 스레드를 더 만드는 것을 거부했습니다. 스레드 수를 줄이세요.',
    engineCpuUnsupported: '이 CPU에는 엔진에 필요한 명령어 집합이 없습니다.',
    engineAlgorithmUnknown: '이 버전의 엔진은 이 알고리즘을 모릅니다. 앱을 업데이트하세요.',
    engineFault: '채굴 엔진에 장애가 생겼습니다: {{reason}}',
    engineWarning: '채굴 엔진이 계속 실행되지만 다음을 보고합니다: {{reason}}',
    fastModeNeedsMemory:
      '고속 모드에는 비어 있는 메모리가 약 2.3 GiB 필요하지만, 이 컴퓨터에는 지금 그만큼이 없습니다. 몇 배 느린 경량 모드로 채굴을 계속합니다.',
    fastPathWrong:
      '빠른 해시 계산 방식 중 하나가 자체 테스트에서 틀린 해시를 계산하여 사용하지 않습니다. CPU 모델과 함께 알려 주세요.',
    generatedCodeForbidden:
      '시스템이 생성된 코드를 금지하여 훨씬 느린 인터프리터를 사용합니다. 보안 소프트웨어에서 이 앱이 생성된 코드를 실행하도록 허용하세요.',
    wrongShare:
      '다시 계산해 보니 셰어가 틀려서 보내지 않았습니다. CPU나 메모리가 불안정합니다. 오버클럭을 모두 해제하고 온도를 확인하세요.',
    // untranslated
    shareUnchecked:
      'A share was found, but too little memory was free to check it, so it was not sent. Close other programs.',
    // untranslated
    keyWaits:
      'Too little memory is free for the network’s new key. Mining goes on by itself as soon as about 256 MiB are free. Close other programs.',
    // untranslated
    fewerThreads:
      'The system refused some of the threads or their memory. Mining goes on with the others.',
    uncleanExit:
      '자동으로 시작하지 않음: 지난번에 Ibctminer가 정상적으로 끝나지 않았습니다. 채굴하려면 “채굴 시작”을 누르세요.',
    noPlan: '아직 채굴할 곳이 없습니다. 먼저 풀이나 연습을 선택하세요.',
    noJobYet: '로그인했습니다. 첫 작업을 기다리고 있습니다.',
    noncesExhausted: '이 작업의 논스를 모두 시도했습니다. 다음 작업을 기다리고 있습니다.',
    stalled:
      '해시 계산 스레드가 10초 동안 해시를 하나도 끝내지 못했습니다. 컴퓨터가 매우 바쁘거나 절전 상태였을 수 있습니다.',
    answerNotAwaited: '이 셰어의 응답이 오기 전에 채굴이 중지되었습니다.',
    consentMissing: '먼저 이 컴퓨터에서 채굴하는 데 동의하세요.',
    noPool: '먼저 풀이나 연습을 선택하세요.',
    noWallet: '먼저 보상을 받을 Monero 주소를 입력하세요.',
    measuring: '이 컴퓨터를 측정하고 있습니다. 끝날 때까지 기다리거나 취소하세요.',
    notStarted: '채굴을 시작하지 못했습니다. “채굴 시작”을 다시 누르세요.',
    quitting: 'Ibctminer가 곧 종료됩니다. 채굴하려면 다시 여세요.',
    miningNow: '먼저 채굴을 중지하세요. 채굴 중에는 측정값이 왜곡됩니다.',
    oldConsent: '글이 바뀌었습니다. 동의하기 전에 다시 읽으세요.',
    noTrial: '최대 출력이 이미 끝났습니다. 유지하려면 다시 시험하세요.',
    noPermission: '권한 없음',
    diskReadOnly: '디스크가 읽기 전용',
    diskFull: '디스크가 가득 참',
    fileTooLarge: '파일이 너무 큼',
    notAFile: '파일이 아님',
    systemSaid: '시스템 응답 {{said}}',
    notJson: '{{line}}번째 줄 {{column}}번째 열이 올바른 JSON이 아님',
    settingsWrong: '“{{where}}” 항목이 잘못됨: {{said}}',
    settingsFromNewer: '이 앱의 더 새로운 버전이 기록한 설정임',
    settingsSetAside:
      '설정을 읽을 수 없었습니다: {{fault}}. 앱을 새 설정으로 시작했으며, 이전 파일은 {{aside}} 파일로 남겨 두었습니다.',
    settingsUnusable:
      '{{file}}의 설정을 읽을 수 없었습니다: {{reason}}. 앱을 새 설정으로 시작했고 그 파일은 그대로 두므로, 변경 사항은 종료할 때까지만 유지됩니다. 파일이나 권한을 고친 뒤 앱을 다시 시작하세요.',
    settingsNotKept:
      '설정의 변경 사항이 종료할 때까지만 유지됩니다. {{folder}}에 쓸 수 없습니다({{reason}}).',
    settingsUnwritable:
      '설정을 {{file}}에 저장하지 못했습니다: {{reason}}. 남은 공간과 권한을 확인한 뒤 다시 시도하세요.',
    tuningUnwritable:
      '측정 결과를 {{file}}에 저장하지 못했습니다: {{reason}}. 남은 공간과 권한을 확인한 뒤 다시 측정하세요.',
    historyUnwritable:
      '기록을 {{folder}}에 저장하지 못했습니다: {{reason}}. 채굴은 계속되며, 저장할 수 있을 때까지 최대 하루치 기록이 메모리에 남습니다.',
    historyUndeletable:
      '{{folder}}의 기록을 삭제하지 못했습니다: {{reason}}. 그 안의 파일 권한을 확인한 뒤 다시 시도하세요.',
    exportUnwritable:
      '기록을 {{file}}에 내보내지 못했습니다: {{reason}}. 다른 폴더를 선택하거나 공간을 확보하세요.',
    logUnwritable:
      '로그를 {{folder}}에 저장하지 못했습니다: {{reason}}. 채굴은 계속되며, 최근 줄은 메모리에 남습니다.',
    logUnexportable:
      '로그를 {{file}}에 내보내지 못했습니다: {{reason}}. 다른 폴더를 선택하거나 공간을 확보하세요.',
    folderUnopenable: '{{folder}} 폴더를 열지 못했습니다({{said}}).',
    historyDamaged: '{{file}}의 기록 일부를 읽을 수 없어 제외했습니다. 나머지는 괜찮습니다.',
    addressReplaced:
      '설정 파일의 지갑 주소를 누군가가 바꾸었습니다. 채굴은 확인하신 주소를 위해 계속됩니다.',
    markerUnwritable:
      '{{file}}에 쓰지 못했습니다({{reason}}). 앱이 채굴 중에 비정상 종료되어도 다음에 실행할 때 알 수 없습니다.',
    markerUnremovable:
      '{{file}} 파일을 지우지 못했습니다({{reason}}). 다음에 실행할 때 앱이 비정상 종료된 것으로 여깁니다.',
    badInput: '창이 앱이 모르는 것을 요청했습니다({{channel}}: {{reason}}).',
    untrustedSender: '이 페이지는 Ibctminer를 제어할 수 없습니다.',
    placeIsOfNode: '노드의 주소입니다. 여기에서 채굴하려면 “내 노드”를 선택하세요.',
    placeIsOfPool: '노드가 아니라 풀의 주소입니다.',
    loginItemUnwritable:
      '“로그인할 때 앱 열기” 설정을 바꾸지 못했습니다({{reason}}). 시스템 설정에서 바꾸세요.',
    optionUnknown: '“{{option}}” 옵션은 없습니다. --help를 보세요.',
    optionTakesNoValue: '--{{name}} 옵션에는 값을 줄 수 없습니다.',
    optionNeedsValue: '--{{name}} 옵션에는 값이 필요합니다: --{{name}} {{value}}.',
    optionTwice: '--{{name}} 옵션을 두 번 썼습니다. 한 번만 쓰세요.',
    optionInvalid: '--{{name}}: {{reason}}',
    optionNotWith: '--{{name}} 옵션은 --{{other}} 옵션과 함께 쓸 수 없습니다. 빼세요.',
    optionNotWithFile:
      '파일에 풀과 그 로그인 정보가 지정되어 있어서 --{{name}} 옵션을 함께 쓸 수 없습니다. --pool도 지정하거나 파일을 바꾸세요.',
    placeMissing:
      '어디에서 채굴할지 지정하세요: --pool HOST:PORT, --daemon URL 또는 --practice(--help 참고).',
    placesTooMany: '--{{one}}, --{{other}} 중 하나만 선택하세요.',
    nodeLoginInUrl:
      '노드의 로그인 정보는 --{{name}} 옵션이 아니라 URL에 씁니다: --daemon http://USER:PASSWORD@HOST:PORT.',
    poolIsNode: '--pool: “{{url}}” 값은 monerod의 주소입니다. 대신 --daemon을 사용하세요.',
    walletMissingForNode: 'monerod에서 채굴하려면 보상을 받을 --wallet ADDRESS가 필요합니다.',
    walletMissingForPool: '풀에서 채굴하려면 --wallet ADDRESS(또는 --login TEXT)가 필요합니다.',
    walletAndLogin: '--wallet과 --login 중 하나만 쓰세요.',
    nodeNeedsPrimaryAddress:
      '--wallet: monerod에서 채굴하려면 기본 주소만 필요하며 다른 것을 붙이면 안 됩니다. 4로 시작하는 95글자입니다.',
    fingerprintInvalid: '--tls-fingerprint에는 인증서의 SHA-256, 즉 16진수 64자리를 씁니다.',
    algorithmNeedsPool: '--algo {{algorithm}} 옵션에는 그런 작업이 있는 --pool이 필요합니다.',
    threadsInvalid:
      '이 컴퓨터에서 --threads에는 1부터 {{most}}까지의 숫자를 씁니다. 쓸 수 없는 값: “{{given}}”.',
    choiceInvalid:
      '--{{name}} 옵션에는 다음 중 하나를 씁니다: {{choices}}. 쓸 수 없는 값: “{{given}}”.',
    durationInvalid:
      '--duration에는 0보다 크고 {{most}} 이하인 초를 씁니다. 쓸 수 없는 값: “{{given}}”.',
    tuneNotWith: '--tune은 측정만 하고 채굴하지 않으므로 --{{name}} 옵션과 함께 쓸 수 없습니다.',
    apiTokenAlone: '--api-token은 HTTP API용입니다. 포트도 지정하세요: --api-port N.',
    apiPortInvalid: '--api-port에는 1부터 65535까지의 숫자를 씁니다. 쓸 수 없는 값: “{{given}}”.',
    apiTokenInvalid:
      'HTTP API에는 --api-token TEXT가 필요합니다. 공백 없는 ASCII 문자 {{least}}자 이상이며, API를 읽는 쪽에서 보내야 합니다.',
    configTooLong: '파일 “{{file}}” 크기가 옵션 목록치고는 너무 큽니다.',
    configUnreadable: '파일 “{{file}}” 내용을 읽을 수 없었습니다: {{reason}}',
    configNotJson:
      '파일 “{{file}}” 내용이 올바른 JSON이 아닙니다({{line}}번째 줄, {{column}}번째 열). {"practice": true}처럼 쓰세요.',
    configNotAnObject:
      '파일 “{{file}}” 내용은 {"practice": true} 같은 객체 하나이거나 XMRig의 config.json이어야 합니다.',
    configUnknownOption:
      '“{{file}}”에 있는 “{{name}}” 항목은 옵션이 아닙니다. --help에 나온 이름을 쓰세요.',
    configNoFlag: '“{{file}}”에 있는 “{{name}}” 값은 true 또는 false여야 합니다.',
    configNoText: '“{{file}}”에 있는 “{{name}}” 값은 {{wanted}} 같은 텍스트여야 합니다.',
    fileMissing: '그런 파일이 없습니다.',
    fileForbidden: '읽을 권한이 없습니다.',
    fileIsFolder: '폴더입니다.',
    fileFault: '시스템 응답 {{code}}.',
    xmrigNoPool: 'XMRig 파일에 켜져 있는 풀이 없습니다.',
    xmrigNoUrl: '주소가 없습니다.',
    xmrigPoolSkipped: 'XMRig 파일의 풀 “{{pool}}” 제외됨: {{reason}}',
    xmrigNotOurs: '여기에서는 “{{what}}” 채굴을 할 수 없습니다.',
    xmrigSelfSelect: '자체 블록 템플릿 채굴(self-select)은 지원하지 않습니다.',
    xmrigPrivateKey:
      'XMRig 파일에 개인 키(spend-secret-key)가 들어 있습니다. Ibctminer는 개인 키를 절대 읽지 않습니다. 파일에서 지운 뒤 다시 시도하세요.',
    xmrigCpuOff: 'XMRig 파일이 CPU 채굴을 꺼 두었지만, Ibctminer는 CPU로만 채굴합니다.',
    xmrigIgnored: 'XMRig 파일의 다음 설정은 여기에서 효과가 없습니다: {{names}}.',
    xmrigDonation: 'XMRig의 기부 비율은 효과가 없습니다. 기부도 수수료도 없습니다.',
    xmrigPriority:
      'XMRig 파일의 내용과 관계없이 여기에서 해시 계산 스레드의 우선순위는 항상 가장 낮습니다.',
    xmrigMsr:
      'Ibctminer는 CPU 레지스터를 절대 바꾸지 않습니다(wrmsr). XMRig는 root로 실행하면 바꾸며, 몇 퍼센트 빨라집니다.',
    xmrigGpu: 'Ibctminer는 CPU로만 채굴합니다. OpenCL과 CUDA는 제외됩니다.',
    xmrigPauses: '배터리 사용 중이나 컴퓨터 사용 중의 일시 중지는 데스크톱 앱의 기능입니다.',
    xmrigApiNotLocal:
      'XMRig 파일의 HTTP API는 {{host}}에서 수신 대기합니다. 여기에서는 이 컴퓨터에만 응답하므로 꺼 둡니다. --api-port를 사용하세요.',
    xmrigApiToken:
      'XMRig 파일의 HTTP API에 {{least}}자 이상의 액세스 토큰이 없어서 꺼 둡니다. --api-port와 --api-token을 사용하세요.',
    xmrigApiReadOnly: '여기에서 HTTP API는 읽기 전용입니다.',
    apiPortTaken: '포트 {{port}}번은 이미 사용 중입니다. HTTP API에 다른 포트를 선택하세요.',
    apiCannotListen:
      'HTTP API가 포트 {{port}}번에서 수신 대기하지 못했습니다({{reason}}). 다른 포트를 선택하세요.',
    releaseKeyNone: '이 빌드에는 출시 키가 없어서 진짜인지 가려낼 수 없습니다.',
    signatureUnreadable: '서명을 읽을 수 없으므로 그 서명이 보증하는 것은 모두 신뢰하지 않습니다.',
    signatureForeign: '파일이 Ibctminer의 키로 서명되지 않았으므로 신뢰하지 않습니다.',
    signatureWrong: '서명이 맞지 않습니다. 파일이 서명된 뒤에 변경되었습니다.',
    releaseUnreadable: '최신 버전에 관한 서버의 응답을 읽을 수 없습니다.',
    fileListForeign: '파일 목록은 서명되어 있지만 이 버전의 목록이 아닙니다.',
    comparingNeedsMemory:
      '비교하려면 데이터셋 두 개를 위해 여유 메모리 5 GiB가 필요합니다. 현재 여유는 {{bytes, gibibytes}}입니다. 다른 프로그램을 닫고 다시 시도하세요.',
    commandFailed: 'The command failed: {{said}}', // untranslated
    commandGone: 'This command no longer fits this computer. Check again.', // untranslated
    promptOpen: 'The system’s prompt is already open. Answer it first.', // untranslated
    comparingEnded: '측정이 끝나기 전에 중단되었습니다.',
    tariffUnreadable: '{{file}} 파일을 읽지 못했습니다({{reason}}). 다른 파일을 선택하세요.',
    tariffColumns:
      '{{line}}번째 줄에는 07:00;0,25처럼 시각과 가격이 있어야 하는데 “{{text}}”입니다. 파일에서 아무것도 가져오지 않았습니다.',
    tariffHour:
      '{{line}}번째 줄: “{{text}}” 값은 7이나 07:00처럼 0부터 23까지의 정시가 아닙니다. 파일에서 아무것도 가져오지 않았습니다.',
    tariffPrice:
      '{{line}}번째 줄: “{{text}}” 값은 0.25나 0,25 같은 가격이 아닙니다. 파일에서 아무것도 가져오지 않았습니다.',
    tariffTwice:
      '{{line}}번째 줄에 {{hour}}시의 가격이 한 번 더 나옵니다. 하루 24시간만 남기세요. 파일에서 아무것도 가져오지 않았습니다.',
    tariffMissing:
      '파일에 다음 시간대의 가격이 없습니다: {{hours}}. 하루 24시간이 모두 있어야 합니다. 파일에서 아무것도 가져오지 않았습니다.',
    poolApiFailed: '{{host}}에 잔액을 물어보지 못했습니다. {{why}}',
    poolApiStatus: 'HTTP 상태 {{status}} 응답을 받았습니다. 나중에 다시 시도하세요.',
    poolApiRedirects:
      '다른 서버로 가라는 응답을 받았으나, 앱은 이를 따르지 않습니다. 풀의 웹 API가 옮겨졌을 수 있습니다.',
    poolApiTooLong: '응답이 {{size}}바이트보다 길어 읽지 않았습니다.',
    poolApiSilent: '{{seconds}} s 안에 응답을 마치지 않았습니다. 나중에 다시 시도하세요.',
    poolApiBroken: '연결이 끊어졌습니다({{reason}}). 나중에 다시 시도하세요.',
    poolApiStrange: '응답이 이 앱이 예상한 것과 다릅니다. 풀의 웹 API가 바뀌었을 수 있습니다.',
    poolApiNoAddress: '풀이 아직 내 주소를 모릅니다. 그곳에서 첫 셰어를 낸 뒤에 알게 됩니다.',
    releaseServer:
      '업데이트 서버 {{host}}에 물어보지 못했습니다({{reason}}). 나중에 다시 시도하세요.',
    updateChanged:
      '내려받은 것이 서명된 것과 달라서 삭제했습니다. 다시 시도하고, 그래도 안 되면 다운로드 페이지를 확인하세요.',
    updateNotHere: '아직 설치할 것이 없습니다. 먼저 새 버전을 내려받으세요.',
    updateAwaitsBlock: '블록을 내 노드로 보내는 중입니다. 도착한 뒤에 설치하세요.',
    updateNotOpened: '시스템이 {{file}} 파일을 열지 못했습니다({{said}}).',
  },
  why: {
    needsConsent: '채굴하지 않음: 이 컴퓨터에서 채굴하는 데 아직 동의하지 않으셨습니다.',
    notStartedYet: '아직 채굴하지 않음: “채굴 시작”을 누르면 시작됩니다.',
    stoppedByUser: '직접 중지하셨습니다.',
    over: '중지됨: 이번 실행이 끝났습니다.',
    quitting: '찾으신 블록을 노드가 받는 대로 종료합니다. 블록을 포기하려면 다시 종료하세요.',
    connecting: '풀이나 노드에 연결하고 있습니다.',
    preparing: '첫 해시를 준비하고 있습니다.',
    building: {
      only: '데이터셋 생성 중, {{progress, percent}}.',
      mining: '데이터셋 생성 중, {{progress, percent}}. 그동안 경량 모드로 채굴합니다.',
      practising:
        '데이터셋 생성 중, {{progress, percent}}. 그동안 경량 모드로 연습하며, 수익은 없습니다.',
    },
    mining: {
      fast: '고속 모드로 채굴하고 있습니다.',
      light: '경량 모드로 채굴하고 있습니다.',
    },
    practising: {
      fast: '고속 모드로 연습하고 있으며, 수익은 없습니다.',
      light: '경량 모드로 연습하고 있으며, 수익은 없습니다.',
    },
    paused: '일시 중지됨: {{reasons}}.',
    pausedFor: '일시 중지됨: {{reason}}, 앞으로 {{remainingMs, duration}}({{end}}까지).',
    held: {
      heat_other: '과열을 막기 위해 스레드 {{count}}개로 제한합니다.',
      watts_other: '전력을 아끼기 위해 스레드 {{count}}개로 제한합니다.',
    },
    notScheduledYet: '일정에 따라 {{end}}까지 기다립니다.',
    neverScheduled: '채굴하지 않음: 일정에 시간이 없습니다.',
    reasonUntil: '{{reason}}({{end}}까지)',
    pausedBecause: {
      user: '수동',
      snooze: '시간 지정',
      battery: '배터리 사용 중',
      inUse: '컴퓨터 사용 중',
      schedule: '일정 외 시간',
      heat: 'CPU 과열',
      fullScreen: '전체 화면 프로그램 실행 중',
      metered: '종량제 인터넷 연결',
      listedProcess: '목록의 프로그램 실행 중',
    },
    goesOn: {
      user: '계속하려면 ‘재개’을(를) 누르세요.',
      battery: '전원을 연결하면 재개합니다.',
      inUse: '컴퓨터를 쓰지 않으면 재개합니다.',
      heat: '온도가 내려가면 재개합니다.',
      fullScreen: '전체 화면에서 나가면 재개합니다.',
      metered: '다른 연결을 쓰면 재개합니다.',
      listedProcess: '그 프로그램이 끝나면 재개합니다.',
    },
    retrying: '{{retryInMs, duration}} 뒤 다시 시도합니다: {{problem}}',
  },
  log: {
    connected: '{{place}}에 연결했습니다.',
    connectedEncrypted: '{{place}}에 TLS로 연결했습니다.',
    connectedByTls: '{{place}}에 TLS로 연결했습니다. 인증서 SHA-256: {{fingerprint}}.',
    connectedPractice: '수익이 없는 연습용 풀에 연결했습니다.',
    loggedIn: '로그인했습니다.',
    job: '새 작업: {{algorithm}}, 난이도 {{difficulty, integer}}.',
    jobAtHeight: '새 작업: {{algorithm}}, 난이도 {{difficulty, integer}}, 블록 높이 {{height}}.',
    jobRefused: '작업을 거부했습니다. {{problem}}',
    shareAccepted: '셰어 승인(난이도 {{difficulty, integer}}, {{ms}} ms).',
    shareRejected: '셰어 거부. {{problem}}',
    shareStale: '셰어 만료. {{problem}}',
    disconnected: '{{problem}} {{retryInMs, duration}} 뒤 다시 시도합니다.',
    givenUp: '포기했습니다. {{problem}}',
    problem: '{{problem}}',
    notStartedAfterStop: '자동으로 시작하지 않음: 지난번에 채굴을 중지하셨습니다.',
    notStartedAfterCrash:
      '자동으로 시작하지 않음: 지난번에 Ibctminer가 정상적으로 끝나지 않았습니다.',
    stoppedByFault: '내부 오류로 채굴이 중지되었습니다: {{reason}}',
    newVersion: '버전 {{version}} 업데이트가 있습니다. 설치 방법은 “설정”에 있습니다.',
    fullPowerNotKept: '최대 출력이 유지되지 않았습니다. 이전 설정으로 돌아갔습니다.',
  },
  tray: {
    start: '채굴 시작',
    stop: '채굴 중지',
    power: '출력',
    profile: {
      quiet: '조용히',
      balanced: '균형',
      full: '최대 출력',
    },
    shares: '셰어: 승인 {{accepted}}, 거부 {{rejected}}, 만료 {{stale}}',
    open: 'Ibctminer 열기',
    settings: '설정…',
    quitMining: '종료(채굴 중지)',
  },
  notification: {
    hidden:
      'Ibctminer가 트레이에서 계속 실행됩니다. 트레이 메뉴에서 채굴을 중지하거나 종료할 수 있습니다.',
    blockUnderWay:
      '블록을 찾았습니다. 노드가 받는 대로, 2분 안에 Ibctminer가 종료됩니다. 지금 종료하려면 다시 종료하세요.',
    goesOn: '다시 채굴합니다.',
    poolDown: '{{host}}에서 2분 동안 작업이 오지 않았습니다.',
    poolDownBecause: '{{host}}에서 2분 동안 작업이 오지 않았습니다: {{why}}',
    poolBack: '{{host}}에서 다시 작업을 보냅니다.',
    noShares:
      '예상 시간의 {{times}}배가 지나도록 셰어가 없습니다. 자세한 내용은 “기록”에서 확인하세요.',
    rejects: '풀이 셰어의 {{part, percent}}를 거부하고 있습니다.',
  },
  dialog: {
    quitStops: '종료하면 채굴이 중지됩니다',
    quitStopsDetail: 'Ibctminer를 열고 채굴을 다시 시작할 때까지 더 이상 셰어를 찾지 않습니다.',
    noSandbox: 'Ibctminer는 샌드박스 없이는 실행되지 않습니다',
    noSandboxDetail:
      '--no-sandbox로 시작되었습니다. 그러면 창의 결함이 파일에까지 미칠 수 있습니다. 이 스위치 없이 시작하세요. 시스템이 샌드박스를 금지한다면, 필요한 권한이 포함된 Debian 패키지를 설치하세요.',
    pictures: '이미지',
    tables: '표(CSV)',
    pageFails: '창이 계속 비정상 종료됩니다',
    pageFailsDetail: '채굴에는 영향이 없습니다. 다시 시도하거나, 종료하고 채굴을 중지하세요.',
  },
  terminal: {
    what: '터미널에서 내 CPU로 Monero를 채굴합니다.',
    options: '[옵션]',
    exit: 'Ctrl+C로 중지합니다. 종료 코드: 중지 후 0, 잘못된 사용 2, 채굴을 끝내는 장애 1.',
    option: {
      pool: '이 풀에서 채굴. 반복하면 예비 풀 추가',
      daemon: 'monerod에서 솔로 채굴: http://127.0.0.1:18081[/?zmq=PORT]',
      practice: '내장된 연습용 풀에서 채굴: 실제 계산, 수익 없음',
      wallet: '내 Monero 주소. ADDRESS+DIFF나 ADDRESS.RIG도 가능',
      login: '--wallet 대신 입력한 그대로 풀에 보낼 로그인 이름',
      pass: '풀 비밀번호(기본값: x)',
      tls: 'TLS 사용. 첫 인증서를 표시하고 이번 실행 동안 고정',
      'tls-fingerprint': '받아들일 유일한 인증서의 SHA-256',
      'rig-id': '풀에 표시되는 이 컴퓨터의 이름',
      socks5: '이 프록시를 통해 풀에 연결',
      threads: '해시 계산 스레드 수',
      mode: 'fast는 메모리 2.3 GiB, light는 256 MiB 필요',
      algo: '이 알고리즘의 작업만 받음',
      'api-port': '127.0.0.1의 읽기 전용 HTTP API, 대시보드용',
      'api-token': 'API를 읽는 쪽에서 보내야 하는 토큰, 8자 이상',
      inspect: '풀과 주고받는 모든 메시지를 주소를 빼고 표시',
      tune: '이 컴퓨터를 약 1분 동안 측정하고 가장 빠른 설정을 유지. 채굴하지 않음',
      'no-learning': '채굴 중에 다른 설정(스레드 수, 동시 계산 해시 수)을 시험하지 않음',
      config: '여기와 같은 이름의 JSON 파일 또는 XMRig의 config.json에서 옵션 읽기',
      duration: '이 시간(초) 뒤 중지',
      json: '한 줄에 JSON 객체 하나씩 출력',
      help: '이 도움말 표시',
      version: '버전 표시',
    },
    demonstration:
      '시연: 이 프로그램 안의 연습용 풀에서 셰어 {{shares}}개를 찾습니다. 수익은 없습니다. Ctrl+C로 끝냅니다.',
    status:
      '{{h10s}} 10 s · {{h60s}} 60 s · {{h15m}} 15 min · 승인 {{accepted}}, 거부 {{rejected}}, 만료 {{stale}}',
    dataset: '데이터셋 {{progress, percent}}',
    practicePool: '연습용 풀',
    api: '대시보드용 HTTP API: {{url}}/2/summary, {{url}}/metrics',
    ended:
      '{{ms, duration}} 뒤 끝남: 승인 {{accepted}}, 거부 {{rejected}}, 만료 {{stale}}, 해시 {{hashes, integer}}개.',
    tuneBegins: '이 컴퓨터를 약 1분 동안 측정합니다. 아무에게도 아무것도 보내지 않습니다.',
    tunePoint: '{{threads}}, {{sideBySide}}: {{rate, hashrate}}',
    tuneKept: '{{algorithm}} {{mode}} 모드용으로 저장: {{best}}',
    forReal: '본인 소유이거나 사용 허가를 받은 컴퓨터에서 실제로 채굴하려면:',
    forRealAlone: '또는 내 monerod에서 솔로로 채굴하려면:',
    allOptions: '모든 옵션:',
  },
};
