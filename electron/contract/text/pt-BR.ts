import type { Catalogue } from './catalogues.ts';

/** Tratamento: você. “Pool”, “share” e “thread” no feminino; em inglês também hashrate, dataset, scratchpad, nonce, rig e huge pages. Stale: obsoleta; practice: treino; Health: Diagnóstico; backup: reserva; Settings: Ajustes (curto, para o menu). */
export const ptBR: Catalogue = {
  app: {
    name: 'Ibctminer',
    what: 'Minera Monero na sua própria CPU',
    title: 'Ibctminer · {{screen}}',
    loading: 'Iniciando…',
    noBridgeTitle: 'O lugar desta página é no aplicativo',
    noBridge: 'Abra o Ibctminer. Em um navegador, esta página não tem com quem se comunicar.',
    failedTitle: 'Não foi possível carregar o aplicativo',
    retry: 'Tentar de novo',
    silentTitle: 'O núcleo de mineração não responde',
    silent:
      'Os números abaixo são de {{ago}} atrás. Se isso não se resolver, saia do aplicativo e abra-o de novo. Sair interrompe a mineração.',
    practice: 'Treino',
    practiceBanner: 'Treino: os hashes são reais, mas nada sai deste computador e nada se ganha.',
    addressChanged:
      'Alguém trocou o endereço da carteira no arquivo de ajustes por {{found}}. O aplicativo continua usando o que você confirmou: {{confirmed}}.',
    addressNone: 'nenhum',
    addressKeep: 'Manter o endereço confirmado',
    addressUse: 'Usar o outro endereço',
    dismiss: 'Dispensar',
    skipToContent: 'Ir para o conteúdo',
  },
  nav: {
    label: 'Principal',
    dashboard: 'Painel',
    history: 'Histórico',
    pools: 'Pools',
    settings: 'Ajustes',
    logs: 'Logs',
    health: 'Diagnóstico',
    about: 'Sobre',
  },
  commands: {
    title: 'Comandos',
    search: 'Buscar comandos',
    none: 'Esse comando não existe.',
    mining: 'Mineração',
    screens: 'Ir para',
    settings: 'Ajustes: {{section}}',
    pause15: 'Pausar por 15 minutos',
    pause60: 'Pausar por 1 hora',
    pause240: 'Pausar por 4 horas',
    pauseOpen: 'Pausar até eu retomar',
    themeSystem: 'Usar o tema do sistema',
    themeLight: 'Usar o tema claro',
    themeDark: 'Usar o tema escuro',
    zoomIn: 'Aumentar o zoom',
    zoomOut: 'Diminuir o zoom',
    zoomReset: 'Tamanho real',
    control: 'Ctrl',
  },
  tour: {
    title: 'Tour do painel',
    show: 'Mostrar o tour do painel',
    progress: '{{step}} de {{count}}',
    next: 'Avançar',
    done: 'Concluir',
    never: 'Não mostrar de novo',
    steps: {
      state:
        'Aqui em cima o aplicativo sempre diz se está minerando, e por que sim ou por que não. Iniciar e Parar ficam ao lado e têm efeito imediato.',
      hashrate:
        'Quantos hashes este computador tenta por segundo. O valor oscila um pouco, por isso as médias de um minuto e de um quarto de hora dizem mais.',
      shares:
        'Uma share é um hash bom o bastante para mostrar à pool, que paga por cada uma que aceita. Shares rejeitadas e obsoletas não são pagas; algumas obsoletas são normais.',
      pool: 'De onde vem o trabalho e quem é pago. A dificuldade diz o quanto uma share é rara; o ping diz com que rapidez a pool responde.',
      money:
        'O que a mineração rende e custa aqui, como estimativa. Informe seus preços para ver se compensa.',
      machine:
        'O que cada thread faz, e que tipo de memória a mineração obteve. O Diagnóstico mostra como deixá-la mais rápida.',
    },
  },
  state: {
    label: 'Estado da mineração',
    needsConsent: 'Não configurada',
    stopped: 'Parada',
    connecting: 'Conectando',
    preparing: 'Criando o dataset',
    preparingLight: 'Minerando no modo leve',
    mining: 'Minerando',
    paused: 'Pausada',
    waiting: 'Em espera',
    failed: 'Parada por um problema',
    unknown: 'Aguardando o núcleo de mineração',
  },
  control: {
    start: 'Iniciar mineração',
    stop: 'Parar mineração',
    pause: 'Pausar',
    pause15: '15 minutos',
    pause60: '1 hora',
    pause240: '4 horas',
    pauseOpen: 'Até eu retomar',
    resume: 'Retomar',
    cancel: 'Cancelar',
    back: 'Voltar',
    continue: 'Continuar',
    save: 'Salvar',
    copyCommand: 'Copiar comando',
    runCommand: 'Executar comando',
    copied: 'Copiado',
  },
  consent: {
    text: 'Este aplicativo usa sua CPU para minerar Monero para o endereço que você informar. Ele consome eletricidade, gera calor e ruído e pode deixar este computador mais lento. Minere apenas em computadores que sejam seus ou que você tenha permissão para usar. Ele só começa quando você clica em Iniciar.',
    agree: 'Li e concordo',
    title: 'Antes de começar',
    changed: 'Este texto mudou desde que você concordou com ele; por isso, perguntamos de novo.',
    promises: 'Com o que você pode contar',
    promiseFee: 'Sem taxa. Você minera para o seu endereço e o de mais ninguém.',
    promiseQuiet:
      'Sem telemetria. O aplicativo se conecta à pool ou ao nó que você escolher, e a nada mais, a menos que você peça.',
    promiseStop: 'Parar tem efeito imediato, e Sair não deixa nada em execução.',
  },
  wizard: {
    label: 'Configuração',
    progress: 'Passo {{step}} de {{count}}',
    consent: 'Aceite',
    wallet: 'Carteira',
    pool: 'Pool',
    power: 'Potência',
    review: 'Resumo',
  },
  wallet: {
    title: 'Para onde devem ir suas recompensas?',
    lead: 'Cole o endereço de recebimento da sua própria carteira Monero. O aplicativo nunca pede chaves nem a frase-semente. Qualquer coisa que peça isso é golpe.',
    address: 'Endereço da carteira Monero',
    placeholder: 'Começa com 4 ou 8',
    checking: 'Verificando…',
    compare:
      'Compare-o com o endereço na sua carteira, principalmente os primeiros e os últimos caracteres. Há programas maliciosos que trocam endereços na área de transferência.',
    addressLabel: 'Endereço em blocos de oito caracteres',
    kinds: {
      standard: 'Este é um endereço Monero válido.',
      subaddress:
        'Este é um subendereço Monero válido. A maioria das pools o aceita, mas a mineração solo exige seu endereço principal.',
      integrated: 'Este é um endereço integrado válido. Algumas pools não o aceitam.',
    },
    fromLink: 'Deste link de pagamento, só o endereço foi usado.',
    readPicture: 'Ler um QR code de uma imagem',
    none: 'Ainda não tem carteira?',
    how: 'Instale uma carteira a partir de getmonero.org ou no celular, anote a frase-semente em papel e depois copie o endereço que ela mostra em “Receber”.',
    getWallet: 'Abrir getmonero.org',
    skip: 'Treinar sem carteira',
  },
  pool: {
    title: 'De onde deve vir o trabalho?',
    lead: 'Uma pool distribui trabalho e paga pelas suas shares. As pequenas são melhores: o Monero é mais seguro quando nenhuma pool é grande e, no longo prazo, todas pagam o mesmo, menos a taxa. A P2Pool é melhor ainda: não tem operador nem taxa.',
    sizes: 'Ver o tamanho de cada pool',
    choices: 'Origem do trabalho',
    own: 'Outra pool',
    ownHint: 'Qualquer pool de Monero, pelo endereço',
    proxy: 'xmrig-proxy',
    proxyHint: 'Seu próprio proxy, que conhece sua pool e sua carteira',
    p2pool: 'Minha própria P2Pool',
    p2poolHint: 'Descentralizada, sem taxa. Requer monerod e P2Pool, neste computador ou em outro',
    node: 'Meu próprio nó',
    nodeHint:
      'Mineração solo com seu próprio monerod, aqui ou em qualquer lugar da sua rede. Blocos são raros, mas a recompensa é toda sua',
    practice: 'Pool de treino',
    practiceHint: 'Experimente tudo neste computador, sem internet e sem ganhos',
    earnsNothing: 'Não rende nada',
    encrypted: 'Criptografada (TLS)',
    tlsShort: 'TLS',
    plain: 'Sem criptografia',
    needsWallet: 'Requer um endereço',
    known: 'Pools conhecidas',
    recommended: 'Melhor para o Monero',
    measure: 'Medir latência',
    measuring: 'Medindo…',
    measureHint:
      'Conecta-se diretamente a cada uma destas pools e sai. Seu endereço não é enviado.',
    nearest:
      'Mais próxima: {{name}}, {{ms}} ms. A distância importa pouco: cada 100 ms custam menos de 0,1% das suas shares.',
    noneReached:
      'Não foi possível contatar nenhuma destas pools. Verifique sua conexão com a internet.',
    latencies: {
      refused: 'Recusa conexões',
      notFound: 'Não encontrada',
      offline: 'Inacessível',
      silent: 'Sem resposta',
      certificate: 'Certificado não confiável',
      failed: 'Não funciona',
    },
    fee: 'Taxa de {{percent}}%',
    facts: {
      title: 'Sobre {{name}}',
      region: 'Servidores',
      ports: 'Portas',
      fee: 'Taxa',
      payout: 'Pagamento mínimo',
      onItsPage: 'Consta no site da pool',
      percent: '{{percent}}%',
      amount: '{{amount}} XMR',
      source: 'Fonte',
      sourceOf: '{{source}}, {{date}}. Confira no site da pool.',
      open: 'Abrir {{page}}',
    },
    regions: {
      global: 'Várias regiões; o nome leva a uma próxima',
      europe: 'Europa',
      unknown: 'Desconhecido',
    },
    sources: {
      pool: 'Páginas publicadas pela própria pool',
      lists: 'Páginas publicadas pela própria pool; a taxa, de listas públicas de pools',
      configurations: 'Configurações públicas de mineradores',
    },
    address: 'Endereço da pool',
    addressHint: 'Por exemplo, pool.example.org:443',
    nodeAddress: 'Endereço do nó',
    nodeAddressHint: 'Por exemplo, 127.0.0.1:18081',
    tls: 'Criptografar a conexão (TLS)',
    p2poolPays:
      'A P2Pool paga à carteira com que foi iniciada: --wallet (um endereço principal) ou, se informado, --subaddress. O login enviado por este aplicativo é só um nome.',
    proxyPays:
      'O proxy minera para a carteira definida nos ajustes dele. O login enviado por este aplicativo é só um nome.',
    ownFacts:
      'Taxa de {{percent}}%, pagamento mínimo de cerca de {{amount}} XMR, segundo o README da P2Pool de {{date}}.',
    noTls:
      'Sem TLS, qualquer um entre você e a pool pode ler seu endereço e desviar suas shares. Use a porta TLS da pool, se houver.',
    noTlsNode:
      'Sem TLS, qualquer um entre você e o nó pode desviar suas recompensas. Faça isso apenas em uma rede de confiança.',
    noTlsConfirm: 'Conectar sem criptografia',
    test: 'Testar conexão',
    testing: 'Testando…',
    testOk: 'Funciona',
    testFailed: 'Não funciona',
    testJob: 'Respondeu em {{ms}} ms e enviou trabalho que este aplicativo consegue minerar.',
    trusted: 'Você confia no certificado.',
    fingerprint: 'Certificado: {{fingerprint}}',
    remedy: {
      none: 'Conectar sem TLS',
      authority: 'Usar TLS',
      pinned: 'Confiar neste certificado',
    },
  },
  power: {
    title: 'Com que intensidade deve trabalhar?',
    lead: 'Você pode mudar isso a qualquer momento, mesmo durante a mineração.',
    profiles: 'Potência',
    quiet: 'Silenciosa',
    quietHint: 'Quase imperceptível enquanto você trabalha',
    balanced: 'Equilibrada',
    balancedHint: 'Deixa metade do computador para você',
    full: 'Máxima',
    fullHint:
      'Todas as threads úteis: mais barulho, mais calor e um computador mais lento para você',
    custom: 'Sob medida',
    customHint: 'Escolha o número de threads',
    threads_one: '{{count}} thread',
    threads_many: '{{count}} threads',
    threads_other: '{{count}} threads',
    ofThreads: '{{threads}} de {{available}}',
    threadCount: 'Threads',
    cpu: '{{model}} · {{available}} CPUs lógicas',
    times: 'Quando minerar',
    battery: 'Pausar na bateria',
    batteryHint: 'Retoma ao ligar na tomada',
    batteryBelow: 'Na bateria, pausar',
    batteryAlways: 'sempre',
    batteryCharge: 'abaixo de {{charge, percent}} de carga',
    idle: 'Minerar só com o computador ocioso',
    idleHint:
      'Pausa assim que você toca no mouse ou no teclado. Com a tela bloqueada, o computador conta como ocioso.',
    idleAfter: 'Ocioso após',
    minutes_one: '{{count}} minuto',
    minutes_many: '{{count}} minutos',
    minutes_other: '{{count}} minutos',
    notAvailable: 'Indisponível: este sistema não informa isso.',
    fullTitle: 'Usar a potência máxima?',
    fullText:
      'Todas as threads úteis vão minerar, o que deixa o computador mais barulhento, mais quente e mais lento de usar. Após 30 segundos, o aplicativo volta ao ajuste atual, a menos que você mantenha a potência máxima.',
    fullConfirm: 'Testar no máximo',
    trial: 'A potência máxima termina em {{seconds}} s, a menos que você a mantenha.',
    trialWaiting:
      'A potência máxima começa com a mineração e termina após 30 segundos, a menos que você a mantenha.',
    keep: 'Manter no máximo',
    revert: 'Voltar agora',
  },
  tuning: {
    title: 'Otimização de desempenho',
    hint: 'Testa, por cerca de um minuto, diferentes números de threads e de hashes em paralelo em cada thread, e depois usa a combinação mais rápida. Nada é enviado e nada se ganha.',
    notWhileMining: 'Pare a mineração primeiro. Ela distorceria a medição.',
    whileMining: 'Otimizar durante a mineração',
    whileMiningHint:
      'Testa outros ajustes, um de cada vez, nos primeiros minutos de mineração e mantém o mais rápido. Todos os hashes continuam contando. Aguarda enquanto o calor limita as threads.',
    trying: 'Testando {{threads}}, {{hashes}}.',
    measure: 'Medir',
    measureAgain: 'Medir de novo',
    progress: 'Medindo',
    curve: 'Hashrate por número de threads',
    best_one: 'Mais rápido: {{count}} thread, {{hashes}}, {{rate}}.',
    best_many: 'Mais rápido: {{count}} threads, {{hashes}}, {{rate}}.',
    best_other: 'Mais rápido: {{count}} threads, {{hashes}}, {{rate}}.',
    sideBySide_one: 'um hash por vez',
    sideBySide_many: '{{count}} hashes em paralelo',
    sideBySide_other: '{{count}} hashes em paralelo',
    measuredAt: 'Medido em {{date}} no modo {{mode}}.',
    fast: 'rápido',
    light: 'leve',
  },
  review: {
    title: 'Pronto. Nada está em execução ainda',
    lead: 'A mineração só começa quando você clicar em Iniciar na próxima tela.',
    walletNone: 'Nenhuma (só treino)',
    power: '{{profile}}, {{threads}}',
    rules: 'Regras',
    noRules: 'Nenhuma',
    finish: 'Concluir',
    edit: 'Alterar',
  },
  dashboard: {
    hashrate: 'Hashrate',
    over10s: '10 s',
    over60s: '60 s',
    over15m: '15 min',
    chart: 'Hashrate dos últimos 15 minutos, no máximo',
    chartEmpty: 'O gráfico começa com os primeiros hashes.',
    showTable: 'Mostrar como tabela',
    minute: 'Minuto',
    average: 'Média',
    shares: 'Shares',
    accepted: 'Aceitas',
    rejected: 'Rejeitadas',
    stale: 'Obsoletas',
    sharesIdle:
      'Uma share é um pedaço de prova de trabalho que a pool paga. Suas shares aparecem aqui quando você minerar.',
    firstShare: 'Primeira share esperada em cerca de {{time}}.',
    nextShare: 'Cerca de uma share a cada {{time}} nesta dificuldade.',
    noShare: {
      normal: 'Ficar {{time}} sem shares é normal nesta dificuldade (chance: {{chance}}).',
      unlucky: 'Ficar {{time}} sem shares é azar, mas acontece (chance: {{chance}}).',
      unusual:
        'Ficar {{time}} sem shares é incomum (chance: {{chance}}). Veja em Diagnóstico e Logs se há um problema com a pool ou com este computador.',
    },
    luck: 'Achadas: {{found}}; esperadas segundo os hashes até agora: {{expected}}.',
    connection: 'Pool',
    host: 'Servidor',
    paidTo: 'Pago a',
    paidToKnown: 'O endereço definido lá',
    local: 'neste computador',
    byTor: 'criptografado pelo Tor',
    connectedFor: 'Conectado há',
    ms: '{{ms}} ms',
    noPool: 'Nada se conecta até você clicar em Iniciar.',
    willConnect: 'Iniciar conecta a',
    algorithm: 'Algoritmo',
    difficulty: 'Dificuldade',
    height: 'Altura',
    ping: 'Ping',
    uptime: 'Tempo ativo',
    temperature: 'Temperatura da CPU',
    power: 'Consumo da CPU',
    watts: '{{watts}}\u00a0W',
    efficiency: 'Eficiência',
    joulesPerMegahash: '{{joules}}\u00a0J/MH',
    link: {
      offline: 'Desconectado',
      connecting: 'Conectando',
      loggedIn: 'Conectado',
      waiting: 'Aguardando para reconectar',
    },
    retryIn: 'Próxima tentativa em {{seconds}} s',
    threads: 'Threads',
    threadsOf: '{{count}} de {{available}} CPUs lógicas',
    cpu: 'CPU {{cpu}}',
    threadsIdle: 'Cada thread de mineração mostra aqui o próprio hashrate.',
    engine: 'Memória',
    datasetHint: 'Cerca de 2 GiB, criado uma vez e mantido durante a mineração.',
    mode: 'Modo',
    modes: {
      light: 'Leve (256 MiB, lento)',
      fast: 'Rápido (2 GiB)',
    },
    region: {
      dataset: 'Dataset',
      cache: 'Cache',
      scratchpads: 'Scratchpads',
    },
    page: {
      '1g': 'Páginas de 1 GiB',
      '2m': 'Páginas de 2 MiB',
      thp: 'Huge pages transparentes',
      '4k': 'Páginas de 4 KiB',
      none: 'Não alocado',
    },
    pagesGood: 'Huge pages em uso. A memória está o mais rápida possível.',
    pagesPartly:
      'As huge pages transparentes ajudam. Huge pages reservadas de 2 MiB costumam ser ainda mais rápidas.',
    pagesSmall:
      'Páginas pequenas deixam a mineração mais lenta. O Diagnóstico mostra o comando exato que ativa as huge pages.',
    engineIdle: 'Nenhuma memória é usada enquanto não se minera.',
    openHealth: 'Abrir Diagnóstico',
    openPools: 'Abrir Pools',
    openLogs: 'Abrir Logs',
  },
  money: {
    title: 'Ganhos e custos',
    edit: 'Editar valores',
    practice: 'O treino não rende nada. Isto é o que o mesmo hashrate renderia na rede Monero.',
    empty:
      'Veja aqui o que a mineração rende e custa, como estimativa e com tudo de que ela é feita. Nada é consultado na internet, a menos que você permita.',
    brings: 'Rende por dia',
    worth: 'Valor',
    costs: 'Custa por dia',
    net: 'Líquido por dia',
    energy: 'Energia por megahash',
    xmr: '{{xmr}}\u00a0XMR',
    joules: '{{joules}}\u00a0J',
    costsMore: 'Minerar custa mais do que rende',
    costsMoreText:
      'Nesse ritmo, cerca de {{lost}} por dia em média. Uma potência mais baixa costuma render mais por watt.',
    mostDays: 'Quatro em cada cinco dias rendem entre {{low}} e {{high}}',
    mostDaysNothing: 'Nove em cada dez dias, ou mais, não rendem nada',
    mostDaysNet: 'Descontada a eletricidade, isso fica entre {{low}} e {{high}}.',
    nothing: 'A chance de não ganhar nada em 24 horas é de {{chance}}.',
    unit: {
      block:
        'Você encontra um bloco a cada {{time}} em média e fica com ele inteiro: {{xmr}} XMR. A faixa reflete a sorte nisso.',
      share:
        'Você encontra uma share a cada {{time}} em média, que vale {{xmr}} XMR. A faixa reflete a sorte das suas próprias shares; a sorte da pool e a taxa dela vêm por cima.',
      p2poolShare:
        'Você encontra uma share paga da P2Pool a cada {{time}} em média, que vale {{xmr}} XMR. A faixa reflete a sorte nisso.',
    },
    noPromise:
      'Nesse ritmo, em média, para 24 horas de mineração. É uma estimativa, não uma promessa: a dificuldade e o preço mudam o tempo todo.',
    needed: 'Ainda falta:',
    need: {
      rate: 'seu hashrate, conhecido após um minuto de mineração',
      network:
        'a dificuldade e a recompensa da rede, informadas pelo seu próprio nó, pela P2Pool e por algumas pools; sem eles, digite-as',
      price: 'o preço do Monero',
      watts: 'os watts que a mineração consome',
      tariff: 'o preço da eletricidade',
    },
    madeOf: 'De que isto é feito',
    input: {
      rate: 'Hashrate',
      difficulty: 'Dificuldade da rede',
      reward: 'Recompensa do bloco',
      price: 'Preço de 1 XMR',
      watts: 'Consumo',
      tariff: 'Preço de 1 kWh',
    },
    source: {
      rate: 'medido aqui, {{time}}',
      node: 'do seu nó, {{time}}',
      p2pool: 'da P2Pool, {{time}}',
      pool: 'da pool, {{time}}',
      typed: 'digitado, {{time}}',
      tariffMean: 'média das horas mineradas, digitado, {{time}}',
      measured: 'só os processadores, medido, {{time}}',
    },
    p2poolFault: {
      notFound:
        'Os números da P2Pool não estão na pasta que você indicou. Ela deveria conter network/stats e pool/stats.',
      old: 'Os números da P2Pool na pasta que você indicou têm mais de dez minutos. A P2Pool está em execução?',
    },
    dialogText:
      'Tudo fica neste computador, e cada valor guarda a data em que você o digitou. Deixe vazio o que não souber.',
    priceLabel: 'Preço de 1 XMR',
    priceHint: 'O preço de hoje, de uma fonte em que você confia.',
    currencyLabel: 'Moeda',
    currencyHint: 'Três letras: BRL, USD.',
    tariffLabel: 'Preço de 1 kWh',
    tariffHint: 'Na mesma moeda, conforme sua conta de luz.',
    windowsLabel: 'Outros preços em certas horas',
    windowsHint:
      'Todos os dias pelo relógio deste computador, como 22-6: 0,18; 12-14: 0,25. Todas as outras horas têm o preço acima. Com isso, Horários pode se limitar às horas mais baratas.',
    readTariff: 'Ler preços de um arquivo CSV',
    readTariffHint:
      'Da sua fornecedora de energia: em cada linha uma hora e seu preço de 1 kWh, como 07:00;0,25, para as 24 horas de um dia.',
    notWindows: 'Escreva horas e preços como 22-6: 0,18, com ponto e vírgula entre vários.',
    wattsLabel: 'Watts que a mineração consome',
    wattsHint:
      'O que um medidor de tomada mostra durante a mineração, menos o que mostra em repouso. Este computador não informa nada.',
    wattsMeasured:
      'Deixe vazio para usar {{watts}} W, o que os próprios processadores informam; placa, memória e fonte costumam somar de 10 a 20%. O melhor é um medidor de tomada: o que ele mostra durante a mineração, menos o que mostra em repouso.',
    wattsLimit:
      'O que um medidor de tomada mostra durante a mineração, menos o que mostra em repouso. Os processadores estão configurados para, sozinhos, ficarem abaixo de {{watts}} W.',
    difficultyLabel: 'Dificuldade da rede',
    difficultyHint:
      'Por exemplo, 600 G. Exploradores de blocos a mostram. Desnecessária com seu próprio nó ou P2Pool.',
    rewardLabel: 'Recompensa do bloco em XMR',
    rewardHint: '0,6 e as taxas do bloco.',
    folderLabel: 'Números da P2Pool',
    folderHint:
      'A pasta passada à P2Pool em --data-api, se ela é executada neste computador. Com --local-api, o que você envia também é comparado com o que a P2Pool conta.',
    notNumber: 'Digite um número, como 0,30.',
    notAboveZero: 'Digite um número acima de 0, como 0,30.',
    notCurrency: 'Digite as três letras de uma moeda, como BRL.',
  },
  account: {
    switch: 'Perguntar a {{pool}} sobre seu saldo',
    hint: 'Envia o endereço da sua carteira a {{host}}, a cada cinco minutos enquanto você minera ou olha aqui. É uma segunda conexão, criptografada, além da usada para minerar.',
    hintProxy:
      'Envia o endereço da sua carteira a {{host}}, a cada cinco minutos enquanto você minera ou olha aqui. É uma segunda conexão, criptografada, além da usada para minerar, pelo seu proxy {{proxy}}.',
    title: 'O que {{pool}} diz',
    asking: 'Perguntando a {{host}}…',
    due: 'Saldo',
    paid: 'Pago até agora',
    payout: 'Pagamento mínimo',
    rate: 'Seu hashrate lá',
    said: 'Atualizado: {{time}}, para todos os computadores que mineram para o seu endereço.',
    credit: {
      tooShort:
        'Enviado e creditado: é cedo demais para dizer. É preciso uma hora e cerca de 50 shares aceitas.',
      within:
        'Do que você enviou em {{time}}, {{pool}} creditou {{percent}}: dentro do que o acaso permite.',
      less: 'Do que você enviou em {{time}}, {{pool}} creditou {{percent}}: menos do que o acaso permite. Pergunte à pool por quê.',
      lessOwn:
        'Do que você enviou em {{time}}, {{pool}} contou {{percent}}: menos do que o acaso permite. O log dela talvez diga por quê.',
      more: 'Do que você enviou em {{time}}, {{pool}} creditou {{percent}}: mais do que este aplicativo enviou. Outros computadores mineram para o seu endereço?',
      how: 'Como isso é comparado',
      title: 'Enviado e creditado',
      span: 'Entre duas respostas da pool',
      shares: 'Shares aceitas',
      sent: 'Enviado, em hashes',
      credited: 'Creditado, em hashes',
      chance: 'O acaso permite',
      range: '{{low}} a {{high}}',
      explanation:
        'Cada share conta tantos hashes quanto sua dificuldade. As shares vêm ao acaso, e a pool as soma em momentos próprios, então as duas somas nunca são totalmente iguais: 99 vezes em 100, o acaso sozinho mantém o crédito dentro desta faixa. A pool também conta o que outros computadores mineram para o seu endereço.',
    },
  },
  history: {
    span: 'Período mostrado',
    spans: {
      quarterHour: '15 min',
      day: '24 h',
      month: '30 dias',
      year: '1 ano',
    },
    kind: 'O que é mostrado',
    kinds: {
      mining: 'Mineração',
      practice: 'Treino',
    },
    loading: 'Lendo o histórico…',
    failedTitle: 'Não foi possível ler o histórico',
    emptyTitle: {
      mining: 'Nenhum histórico ainda',
      practice: 'Nenhum treino ainda',
    },
    empty: {
      mining:
        'Cada minuto de mineração é guardado aqui, só neste computador. Começa quando você clica em Iniciar.',
      practice:
        'O treino é guardado separado da mineração e nunca é contado com ela. Treine na pool de treino, e ele aparecerá aqui.',
    },
    average: 'Média',
    mined: 'Tempo minerado',
    hashes: 'Hashes',
    hashrate: 'Hashrate',
    chart: {
      quarterHour: 'Hashrate nos últimos 15 minutos',
      day: 'Hashrate nas últimas 24 horas',
      month: 'Hashrate nos últimos 30 dias',
      year: 'Hashrate no último ano',
    },
    nothing: {
      quarterHour: 'Nada foi minerado nos últimos 15 minutos.',
      day: 'Nada foi minerado nas últimas 24 horas.',
      month: 'Nada foi minerado nos últimos 30 dias.',
      year: 'Nada foi minerado no último ano.',
    },
    hint: 'Aponte para o gráfico ou use as setas do teclado para lê-lo.',
    point: '{{period}}: {{rate}}, minerado por {{mined}}',
    pointIdle: '{{period}}: nada minerado',
    pointShares_one: '{{count}} share',
    pointShares_many: '{{count}} shares',
    pointShares_other: '{{count}} shares',
    pointPaused: 'em pausa por {{time}} ({{reasons}})',
    pointWaited: '{{time}} aguardando trabalho',
    legendPaused: 'Em pausa',
    legendWaiting: 'Aguardando trabalho',
    legendGap: 'Uma lacuna: sem minerar',
    time: 'Período',
    shares: 'Shares',
    paused: 'Em pausa',
    expected: 'Esperadas',
    found: 'Achadas',
    luck: 'Sorte',
    luckText:
      'As shares encontradas, comparadas com as que seus hashes encontram em média. É acaso e se equilibra com o tempo: acima de 100% é sorte; abaixo, azar.',
    effort: 'Esforço atual',
    effortText:
      'O trabalho desde sua última share, comparado com o que uma share exige em média. Uma em cada vinte shares exige mais de 300%.',
    lost: 'Perdido',
    lostText:
      'Das shares, {{shares}} foram rejeitadas ou ficaram obsoletas. Em {{time}} do tempo não houve trabalho: ao conectar ou enquanto se aguardava uma pool.',
    best: 'Melhor share',
    bestText:
      'A maior dificuldade que uma das suas shares alcançou. Uma pool não paga nada a mais por ela; na mineração solo, mostra quão perto você chegou de um bloco.',
    spent: 'Para onde foi o tempo',
    states: {
      mining: 'Mineração',
      preparing: 'Criando o dataset',
      paused: 'Em pausa',
      waiting: 'Aguardando trabalho',
    },
    pausedReasons: 'Pode haver vários motivos ao mesmo tempo.',
    sessions: 'Sessões',
    sessionsOf: 'As {{shown}} mais recentes de {{count}}',
    sessionsAll_one: 'Mostrar todas ({{count}})',
    sessionsAll_many: 'Mostrar todas ({{count}})',
    sessionsAll_other: 'Mostrar todas ({{count}})',
    started: 'Início',
    more: '{{place}} e mais {{count}}',
    failedShares: 'Rejeitadas ou obsoletas',
    allTime: 'Desde sempre',
    since: 'Desde {{date}}',
    kept: 'Guardado em {{folder}}, só neste computador: {{size}}.',
    exportCsv: 'Exportar como CSV',
    exportJson: 'Exportar como JSON',
    exported: 'Salvo como {{file}}.',
    delete: 'Excluir histórico',
    deleteTitle: 'Excluir todo o histórico?',
    deleteText:
      'Isso exclui todos os minutos, sessões e totais, da mineração e do treino, e não pode ser desfeito. Suas moedas estão seguras: elas estão na sua carteira, não neste aplicativo.',
  },
  shares: {
    newest: 'Shares mais recentes',
    emptyTitle: 'Nenhuma share ainda',
    emptyIdle:
      'Comece a minerar, e cada share que você encontrar aparece aqui com a resposta da pool.',
    emptyExpected: 'Primeira share esperada em cerca de {{time}}.',
    emptyMining: 'A primeira share aparece aqui assim que for encontrada.',
    time: 'Encontrada',
    outcome: 'Resultado',
    difficulty: 'Dificuldade',
    roundTrip: 'Resposta',
    nonce: 'Nonce',
    outcomes: {
      pending: 'Pendente',
      accepted: 'Aceita',
      rejected: 'Rejeitada',
      stale: 'Obsoleta',
    },
  },
  pools: {
    lead: 'A pool principal é usada primeiro. Se não puder ser contatada, as reservas assumem nesta ordem.',
    list: 'Pools',
    templates: {
      known: 'Pool conhecida',
      stratum: 'Outra pool',
      p2pool: 'P2Pool',
      'xmrig-proxy': 'xmrig-proxy',
      daemon: 'Meu próprio nó',
    },
    node: 'Nó próprio',
    practising:
      'Você está treinando, então estas pools não estão em uso. A mineração de verdade tem contagem própria.',
    endPractice: 'Minerar de verdade',
    practise: 'Treinar',
    practiseHint: 'O treino acontece neste computador, não precisa de internet e não rende nada.',
    emptyTitle: 'Nenhuma pool ainda',
    empty: 'Adicione uma pool ou seu próprio nó.',
    add: 'Adicionar pool',
    primary: 'Principal',
    backup: 'Reserva {{number}}',
    standing: {
      inUse: 'Em uso',
      inUseInstead: 'As pools antes dela não dão trabalho.',
      connecting: 'Conectando…',
      proving: 'Dá trabalho de novo. Assume depois de fazer isso por um minuto ou mais.',
      resting: 'Não é necessária: uma pool antes dela dá trabalho.',
      down: '{{why}} Há novas tentativas automáticas.',
      failed: '{{why}} Só haverá nova tentativa no próximo Iniciar.',
    },
    up: 'Mover {{name}} para cima',
    down: 'Mover {{name}} para baixo',
    edit: 'Editar {{name}}',
    remove: 'Remover {{name}}',
    removeTitle: 'Remover {{name}}?',
    removeText: 'O aplicativo esquece o endereço e os ajustes.',
    removeConfirm: 'Remover',
    addTitle: 'Adicionar uma pool',
    editTitle: 'Editar pool',
    name: 'Nome (opcional)',
    password: 'Senha',
    passwordHint: 'A maioria das pools aceita “x”.',
    rigId: 'Nome do rig (opcional)',
    login: 'Login em vez do endereço da carteira (opcional)',
    loginHint: 'Para P2Pool e proxies. Enviado exatamente como digitado.',
    fingerprint: 'Certificado confiável (opcional)',
    fingerprintHint:
      'SHA-256, 64 dígitos hexadecimais. Só é necessário com um certificado autoassinado.',
    fingerprintWrong: 'Uma impressão digital SHA-256 tem 64 dígitos, de 0 a 9 e de a a f.',
    rpcUser: 'Usuário do RPC (opcional)',
    rpcUserHint: 'Se o monerod é executado com --rpc-login',
    rpcPassword: 'Senha do RPC',
    zmqPort: 'Porta do ZMQ (opcional)',
    zmqPortHint: 'A porta do --zmq-pub do monerod, para saber na hora de novos blocos',
    proxy: 'Proxy SOCKS5 (opcional)',
    proxyHint: 'Tor neste computador: 127.0.0.1:9050, Tor Browser: 127.0.0.1:9150',
    proxyWrong: 'Escreva o proxy como host:porta, por exemplo 127.0.0.1:9050.',
    tor: 'Tor',
    torBrowser: 'Tor Browser',
    through: 'Via {{proxy}}',
    onionAlone: 'Um endereço onion só é acessível pelo Tor. Informe o proxy dele em “Mais opções”.',
    zmqPortWrong: 'Uma porta é um número de 1 a 65535.',
    more: 'Mais opções',
    full: 'O limite é de dezesseis pools. Remova uma para adicionar outra.',
  },
  settings: {
    sectionsLabel: 'Seções dos Ajustes',
    sections: {
      wallet: 'Carteira',
      power: 'Potência',
      rules: 'Regras',
      tuning: 'Memória e otimização',
      appearance: 'Aparência',
      notifications: 'Notificações',
      opening: 'Abertura e fechamento',
      connections: 'Conexões',
      reset: 'Redefinir',
    },
    search: 'Buscar nos ajustes',
    searchClear: 'Limpar busca',
    searchNone: 'Nenhum ajuste corresponde a “{{text}}”.',
    searchNoneHint: 'Tente outra palavra ou percorra as seções.',
    wallet: 'Carteira',
    walletHint: 'As pools pagam a este endereço, e seu próprio nó minera para ele.',
    walletNone:
      'Ainda não há endereço, então você só pode treinar ou minerar com um login próprio.',
    walletChange: 'Alterar endereço',
    walletAdd: 'Adicionar endereço',
    walletNew: 'Novo endereço da carteira',
    walletConfirmTitle: 'Minerar para outro endereço?',
    walletOld: 'Atual',
    walletNext: 'Novo',
    walletConfirm: 'Usar o novo endereço',
    power: 'Potência',
    mode: 'Memória',
    modeAuto: 'Automático',
    modeAutoHint: 'Rápido se houver cerca de 3 GiB livres',
    modeFast: 'Rápido',
    modeFastHint: 'Precisa de pelo menos 2,3 GiB',
    modeLight: 'Leve',
    modeLightHint: '256 MiB, várias vezes mais lento',
    schedule: 'Horários',
    scheduleOn: 'Minerar só em certas horas',
    scheduleOnHint:
      'Pelo relógio deste computador. Fora dessas horas a mineração espera, e recomeça sozinha.',
    schedulePresets: 'Horários prontos',
    schedulePreset: {
      nights: 'Noites',
      weekends: 'Fins de semana',
      nightsAndWeekends: 'Noites e fins de semana',
      always: 'Sempre',
    },
    scheduleGrid: 'Horas da semana',
    scheduleHow:
      'Clique em uma hora ou arraste por várias. No teclado, as setas movem, Espaço liga ou desliga uma hora e Shift com as setas pinta.',
    scheduleHours_one: 'Minera {{count}} hora por semana.',
    scheduleHours_many: 'Minera {{count}} horas por semana.',
    scheduleHours_other: 'Minera {{count}} horas por semana.',
    scheduleNever: 'Nenhuma hora foi escolhida, então nada é minerado.',
    scheduleCell: '{{day}}, das {{from}} às {{to}}',
    cheapest: 'Minerar só nas horas mais baratas',
    cheapestHint:
      'Das horas de cada dia, aquelas em que a eletricidade custa menos, pelos preços digitados em “Ganhos e custos”.',
    cheapestNoTariff:
      'Primeiro informe em “Ganhos e custos” quanto a eletricidade custa em cada hora.',
    cheapestHours: 'Horas por dia',
    fullScreen: 'Pausar com um programa em tela cheia',
    fullScreenHint: 'Jogos, filmes e apresentações. Retoma quando você sai da tela cheia.',
    fullScreenUnavailable:
      'Indisponível: este sistema não informa isso. Você pode listar os programas abaixo.',
    metered: 'Pausar em conexão limitada',
    meteredHint: 'Uma que é paga pelo volume de dados, como o ponto de acesso de um celular.',
    heat: 'Manter a CPU fria',
    heatHint:
      'Acima desta temperatura o aplicativo minera com menos threads, e 10\u00a0°C acima dela, pausa.',
    heatBelow: 'Ficar abaixo de',
    watts: 'Limitar o consumo da CPU',
    wattsHint:
      'Enquanto os processadores consomem mais que isto, incluindo outros programas, o aplicativo minera com menos threads.',
    wattsBelow: 'Ficar abaixo de',
    celsius: '{{degrees}}\u00a0°C',
    programs: 'Pausar enquanto estes programas estiverem abertos',
    programsHint: 'Jogos, chamadas de vídeo, tudo que deva ter o computador só para si.',
    programsNone: 'Não há programas na lista.',
    programsName: 'Nome do programa',
    programsAdd: 'Adicionar',
    programsAdded: 'Programas que pausam a mineração',
    programsRemove: 'Remover {{name}}',
    rules: 'Regras',
    opening: 'Abertura do aplicativo',
    startAtLaunch: 'Iniciar a mineração ao abrir o aplicativo',
    startAtLaunchHint:
      'Desligado por padrão. Nunca depois de uma falha, nem se você tiver clicado em Parar.',
    openAtLogin: 'Abrir o aplicativo quando eu fizer login',
    openAtLoginHint: 'Abre a janela ou o ícone na bandeja. Não inicia a mineração.',
    appearance: 'Aparência',
    theme: 'Tema',
    language: 'Idioma',
    system: 'Sistema',
    light: 'Claro',
    dark: 'Escuro',
    notifications: 'Notificações',
    rulePauses: 'Pausada ou retomada por uma regra',
    poolDown: 'Pool inacessível por dois minutos, e de volta',
    noShares: 'Sem shares por muito mais tempo que o esperado',
    rejects: 'Mais de 5% das shares rejeitadas',
    failures: 'Mineração encerrada por um problema',
    window: 'Ao fechar a janela',
    closeAsk: 'Perguntar sempre',
    closeBackground: 'Continuar em segundo plano',
    closeQuit: 'Sair e parar a mineração',
    noTray: 'Este ambiente não tem bandeja do sistema, então a janela nunca é ocultada.',
    api: 'API de monitoramento',
    apiOn: 'Oferecer uma API HTTP somente leitura neste computador',
    apiHint:
      'Painéis neste computador podem ler seu hashrate e suas shares. Eles não podem mudar nada, e nenhum outro computador pode se conectar.',
    apiPort: 'Porta',
    apiPortWrong: 'Escolha um número de 1024 a 65535.',
    apiAddress: 'Endereço:',
    apiToken: 'Token, enviado como “Authorization: Bearer …”:',
    apiCopy: 'Copiar token',
    updates: 'Novas versões',
    updatesLook: 'Buscar novas versões',
    updatesHint:
      'Pede a {{host}} uma lista assinada uma vez por dia e não envia nada sobre você ou este computador. Nada é baixado ou instalado até você mandar.',
    updatesNow: 'Buscar agora',
    updatesNewest: 'Esta é a versão mais recente. Última busca: {{date}}.',
    updatesApt: 'A versão {{version}} está disponível, com assinatura autêntica. Para instalar:',
    updatesCommand: 'sudo apt update && sudo apt install --only-upgrade ibctminer',
    updatesPage: 'A versão {{version}} está disponível, com assinatura autêntica.',
    updatesOpen: 'Abrir a página de download',
    updatesDownload: 'Baixar ({{size}})',
    updatesAgain: 'Tentar de novo',
    updatesRunning: 'Baixando a versão {{version}}: {{done}} de {{size}}.',
    updatesStop: 'Parar',
    updatesReplace:
      'A versão {{version}} está aqui, completa e autêntica. Ela substitui esta: a mineração para e o aplicativo reinicia.',
    updatesReplaceNow: 'Instalar e reiniciar',
    updatesInstaller:
      'A versão {{version}} está aqui, completa e autêntica. O sistema abre o instalador dela: a mineração para e o aplicativo é encerrado.',
    updatesInstallerNow: 'Sair e abrir o instalador',
    updatesStale_one:
      'A lista foi assinada há {{count}} dia. Uma nova já deveria ter chegado: alguém pode estar escondendo de você uma versão mais nova. Veja a página de download.',
    updatesStale_many:
      'A lista foi assinada há {{count}} dias. Uma nova já deveria ter chegado: alguém pode estar escondendo de você uma versão mais nova. Veja a página de download.',
    updatesStale_other:
      'A lista foi assinada há {{count}} dias. Uma nova já deveria ter chegado: alguém pode estar escondendo de você uma versão mais nova. Veja a página de download.',
    reset: 'Redefinir',
    resetHint: 'Apaga o endereço da carteira, as pools e todos os ajustes. A mineração para.',
    resetButton: 'Redefinir tudo',
    resetTitle: 'Redefinir tudo?',
    resetText:
      'Isso apaga o endereço da carteira, as pools e todos os ajustes, e interrompe a mineração. Suas moedas estão seguras: elas estão na sua carteira, não neste aplicativo.',
  },
  logs: {
    lead: 'Os endereços de carteira são removidos de todas as linhas.',
    kept: 'Guardados em {{folder}}, no máximo 6 MB; as linhas mais antigas saem primeiro.',
    openFolder: 'Abrir pasta',
    export: 'Exportar tudo',
    filter: 'Nível',
    all: 'Tudo',
    warn: 'Avisos e erros',
    error: 'Erros',
    search: 'Buscar nos logs',
    copy: 'Copiar logs',
    emptyTitle: 'Nada registrado ainda',
    empty: 'O que o aplicativo faz aparece aqui na hora em que acontece.',
    noMatch: 'Nenhuma linha corresponde.',
    levels: {
      info: 'Info',
      warn: 'Aviso',
      error: 'Erro',
    },
    entries: 'Linhas do log',
    messages: 'Mensagens',
    messagesLead:
      'As últimas mensagens entre este aplicativo e a pool, sem endereços, senhas nem IDs de sessão.',
    searchMessages: 'Buscar nas mensagens',
    copyMessages: 'Copiar mensagens',
    noMessages: 'Ainda não há mensagens. Elas aparecem quando o aplicativo se conecta a uma pool.',
    sent: 'Enviada',
    received: 'Recebida',
  },
  health: {
    lead: 'O que este computador oferece para minerar, e como corrigir o que falta.',
    run: 'Verificar de novo',
    running: 'Verificando…',
    copy: 'Copiar relatório',
    copyHint: 'O relatório não contém seu endereço.',
    failedTitle: 'Não foi possível fazer a verificação',
    statuses: {
      ok: 'OK',
      warn: 'Requer atenção',
      unknown: 'Desconhecido',
    },
    allGood: 'Está tudo bem.',
    toLookAt_one: '{{count}} item requer atenção.',
    toLookAt_many: '{{count}} itens requerem atenção.',
    toLookAt_other: '{{count}} itens requerem atenção.',
    fix: 'O que fazer',
    commands: {
      now: 'Agora, até a próxima reinicialização',
      atBoot: 'A cada inicialização do computador',
      lasting: 'Agora e daqui em diante',
      undo: 'Para desfazer',
    },
    runHint:
      '“Executar comando” pede ao sistema que execute exatamente este comando. O sistema pede uma senha de administrador, que este aplicativo nunca vê.',
    runPrompt: 'Responda à solicitação do sistema.',
    runEnds: {
      ran: 'O comando foi executado, e tudo foi verificado de novo.',
      dismissed: 'Você fechou a solicitação do sistema. O comando não foi executado.',
      notAllowed: 'O sistema não permitiu. O comando não foi executado.',
    },
    results: 'Resultados',
    selfTest: 'Motor',
    selfTestRun: 'Testar o motor',
    selfTesting: 'Testando…',
    selfTestHint:
      'Calcula hashes cujos resultados são publicados com o RandomX, com e sem código gerado. O motor faz o mesmo por conta própria antes da sua primeira share.',
    selfTestRight: 'Todos os {{hashes}} hashes estão corretos ({{seconds}} s).',
    selfTestWrong:
      'Hashes errados: {{ways}}. Desfaça qualquer overclock e verifique a temperatura. Se continuar, relate isso junto com o modelo da sua CPU.',
    pagesGain: 'O que as huge pages trazem aqui',
    pagesGainRun: 'Medir o ganho',
    pagesGainMeasuring: 'Medindo…',
    pagesGainHint:
      'Calcula hashes com e sem huge pages, alternando, com as mesmas threads, por cerca de meio minuto. Nada é enviado e nada se ganha. Enquanto isso, ocupa 5 GiB de memória.',
    pagesGainFaster:
      'Neste computador, a mineração é {{gain, percent}} mais rápida com huge pages: {{huge}} com elas, {{small}} sem elas.',
    pagesGainAlike:
      'Neste computador, as huge pages não fazem diferença: {{huge}} com elas, {{small}} sem elas.',
    pagesGainOf_one: 'Medido com {{count}} thread ({{pages, pages}}).',
    pagesGainOf_many: 'Medido com {{count}} threads ({{pages, pages}}).',
    pagesGainOf_other: 'Medido com {{count}} threads ({{pages, pages}}).',
    pagesGainNone:
      'O sistema não oferece huge pages agora, então não há o que comparar. O que as ativa está em “Huge pages”.',
    fork: 'O próximo fork do Monero',
    forkRun: 'Ensaiar o fork',
    forkRunning: 'Ensaiando…',
    forkHint:
      'O próximo fork do Monero traz o RandomX v2 (rx/2). O ensaio minera na pool de treino dentro deste aplicativo, que faz o fork no meio do caminho. Leva cerca de um minuto e, no modo rápido, ocupa 3 GiB de memória. Nada sai deste computador e nada se ganha.',
    forkReady: 'Este aplicativo e este computador estão prontos para o próximo fork do Monero.',
    forkNotReady:
      'Este aplicativo ou este computador não está pronto para o próximo fork do Monero. Procure uma atualização e depois ensaie de novo.',
    forkUnproven:
      'Nada deu errado, mas este computador não encontrou nenhuma share no minuto após o fork. Ensaie de novo, com mais threads se puder.',
    forkShares:
      'Shares aceitas: {{before}} antes do fork, {{after}} depois. Recusadas: {{refused}}.',
    forkKept:
      'Nada precisou ser criado de novo, e a mineração ficou parada por no máximo {{seconds}} s.',
    forkRebuilt:
      'O dataset ou o cache precisou ser criado de novo, e a mineração ficou parada por {{seconds}} s.',
    forkRates: 'Hashrate: {{before}} antes (rx/0), {{after}} depois (rx/2).',
    forkAt: 'Ensaiado em {{date}} no modo {{mode}}.',
    checks: {
      memory: 'Memória',
      hugePages: 'Huge pages',
      transparentPages: 'Huge pages transparentes',
      aes: 'Instruções AES',
      jit: 'Código gerado',
      dns: 'Nome da pool',
      tls: 'Criptografia',
      clock: 'Relógio',
      virtualMachine: 'Máquina virtual',
      numa: 'Organização da memória (NUMA)',
      temperature: 'Temperatura',
      energy: 'Consumo de energia',
      antivirus: 'Antivírus',
      battery: 'Detecção de bateria',
      idle: 'Detecção de ociosidade',
      tray: 'Ícone na bandeja',
    },
    remarks: {
      memoryLightChosen: 'O modo leve está escolhido nos Ajustes. Ele precisa de 256 MiB.',
      memoryFast: 'O modo rápido tem os 2,3 GiB de que precisa.',
      memoryUnknown: 'Este computador não informa quanta memória está livre.',
      memoryFree: 'Memória livre: {{bytes, gibibytes}}. O modo rápido precisa de cerca de 3 GiB.',
      memoryShort:
        'Memória livre: {{bytes, gibibytes}}. O modo rápido precisa de cerca de 3 GiB, então este computador mineraria no modo leve, que é várias vezes mais lento.',
      memoryShortNow:
        'Memória livre: {{bytes, gibibytes}}. O modo rápido precisa de cerca de 3 GiB, então este computador está minerando no modo leve, que é várias vezes mais lento.',
      memoryFix: 'Feche outros programas e depois pare a mineração e inicie-a de novo.',
      pagesGood: 'Huge pages em uso.',
      pagesFree_one: 'Há {{count, integer}} huge page de 2 MiB livre.',
      pagesFree_many: 'Há {{count, integer}} huge pages de 2 MiB livres.',
      pagesFree_other: 'Há {{count, integer}} huge pages de 2 MiB livres.',
      pagesShort_one:
        'Uma thread precisa de {{needed, integer}} huge pages de 2 MiB; livres: {{free, integer}}.',
      pagesShort_many:
        '{{count}} threads precisam de {{needed, integer}} huge pages de 2 MiB; livres: {{free, integer}}.',
      pagesShort_other:
        '{{count}} threads precisam de {{needed, integer}} huge pages de 2 MiB; livres: {{free, integer}}.',
      pagesTransparent:
        'No lugar delas são usadas huge pages transparentes, que rendem quase o mesmo.',
      pagesUnknown: 'Este computador não informa suas huge pages.',
      pagesInUse:
        'Dataset: {{dataset, pages}}. Cache: {{cache, pages}}. Scratchpads: {{scratchpads, pages}}.',
      pagesFix:
        'Reserve-as e depois pare a mineração e inicie-a de novo. Cada acesso à memória passa a exigir menos etapas, o que costuma ser o maior ganho que existe. Enquanto isso, outros programas não podem usar estes {{bytes, gibibytes}}.',
      pagesFixBeside:
        'Reserve-as e depois pare a mineração e inicie-a de novo. São mais garantidas que as transparentes, e muitas vezes um pouco mais rápidas. Enquanto isso, outros programas não podem usar estes {{bytes, gibibytes}}.',
      thpOn: 'O sistema dá huge pages aos programas que as pedem, como este faz.',
      thpNotNeeded:
        'Estão desativadas e não são necessárias: há huge pages suficientes reservadas.',
      thpOff: 'O sistema não dá huge pages por conta própria.',
      thpFix:
        'Permita que os programas que pedem huge pages as recebam e depois pare a mineração e inicie-a de novo. Isso traz a maior parte do que as huge pages trazem, sem reservar memória.',
      thpUnknown: 'Este computador não as informa.',
      aesFound: 'A CPU tem instruções AES.',
      aesMissing: 'A CPU não tem instruções AES. Sem elas, a mineração é muito mais lenta.',
      aesFix:
        'Se for uma máquina virtual, defina o tipo de CPU dela como “host”. Caso contrário, esta CPU é antiga demais para minerar bem.',
      aesUnknown:
        'Não foi possível carregar o motor de mineração, então a CPU não pôde ser verificada.',
      jitUsed: 'Os programas do RandomX são executados como código de máquina gerado ({{path}}).',
      jitMissing:
        'Os programas do RandomX são interpretados, o que é muitas vezes mais lento. Ou o sistema proíbe código gerado, ou esta CPU não é compatível.',
      jitFix: 'Permita no seu software de segurança que este aplicativo execute código gerado.',
      jitUnknown: 'Será conhecido quando a mineração começar.',
      poolNone: 'Nenhuma pool foi escolhida ainda.',
      poolPractice: 'A pool de treino fica dentro deste aplicativo.',
      nameFound: '{{host}} foi encontrado.',
      nameNotFound: 'Não foi possível resolver {{host}}.',
      nameFix:
        'Verifique se o endereço da pool está escrito corretamente, e sua conexão com a internet.',
      nameByProxy: 'O proxy resolve {{host}}.',
      nameNotAsked: '{{host}} não foi resolvido: o aplicativo só faz isso enquanto minera.',
      tlsUsed: 'A conexão é criptografada.',
      tlsNotNeeded: 'A conexão nunca sai deste computador.',
      tlsByTor: 'O Tor criptografa a conexão com um endereço onion.',
      tlsMissing:
        'A conexão não é criptografada. Qualquer um entre você e a pool pode ler seu endereço e desviar suas shares.',
      tlsFix: 'Use a porta TLS da pool, se houver.',
      tlsMissingToNode:
        'A conexão com o nó não é criptografada. Qualquer um entre você e o nó pode desviar suas recompensas.',
      tlsFixOfNode: 'Conecte-se ao nó por TLS, ou execute-o neste computador.',
      clockKept: 'Um servidor de hora mantém o relógio certo.',
      clockBehind: 'O relógio está meses ou anos atrasado.',
      clockAlone: 'Nenhum servidor de hora mantém o relógio certo.',
      clockFix:
        'Ative a hora automática nas configurações do sistema. Os certificados e o histórico precisam da hora certa.',
      clockUnknown:
        'O relógio parece plausível. Este sistema não informa se um servidor de hora o mantém certo.',
      virtualNo: 'Este computador não é uma máquina virtual.',
      virtualYes:
        'Esta é uma máquina virtual. Para minerar nela é preciso o tipo de CPU “host”, e o que mais ajuda são huge pages no computador hospedeiro.',
      virtualUnknown: 'Este computador não informa se é uma máquina virtual.',
      numaOne: 'Toda a memória está igualmente perto da CPU.',
      numaMany:
        'Este computador tem {{nodes, integer}} nós de memória. Cada um recebe sua própria cópia do dataset, onde houver espaço para ela.',
      numaUnknown:
        'Não foi possível carregar o motor de mineração, então a organização da memória é desconhecida.',
      temperatureKnown:
        'A temperatura da CPU pode ser lida, então a mineração pode reduzir o ritmo quando ela esquentar.',
      temperatureUnknown:
        'A temperatura da CPU não pode ser lida aqui, então a mineração não pode reduzir o ritmo quando ela esquentar.',
      energyKnown: 'A CPU informa quanta energia consome.',
      energyUnknown:
        'O consumo da CPU não pode ser lido aqui. Digite-o em “Ganhos e custos” para ver quanto custa minerar.',
      energyClosed:
        'A CPU conta a energia que consome, mas neste sistema só administradores podem ler esse dado.',
      energyFix:
        'Deixe todos os programas lerem esse dado: assim o aplicativo mede quanto custa minerar e pode limitar o consumo da CPU. Os sistemas o mantêm fechado porque um programa poderia adivinhar por ele o que outros calculam.',
      antivirusRare: 'Antivírus raramente interferem neste sistema.',
      antivirusLikely:
        'Antivírus costumam tomar mineradores por ameaças, mesmo os que você mesmo instalou. Se o seu bloquear este aplicativo, verifique os arquivos dele em Sobre e depois libere esta pasta: {{folder}}.',
      batteryKnown:
        'O sistema informa se está usando a bateria, então “Pausar na bateria” funciona.',
      batteryUnknown: 'Nenhuma bateria foi encontrada, então “Pausar na bateria” não tem efeito.',
      idleKnown: 'O sistema informa se o computador está em uso.',
      idleUnknown: 'Este ambiente não informa se o computador está em uso.',
      trayShown: 'O ambiente mostra ícones na bandeja.',
      trayMissing:
        'O ambiente não mostra ícones na bandeja, então a janela fica aberta durante a mineração.',
      trayFix:
        'No GNOME, instale a extensão “AppIndicator and KStatusNotifierItem Support” e faça login de novo. Assim, a janela pode ser ocultada durante a mineração. No Debian e no Ubuntu:',
    },
    report: {
      title: 'Ibctminer {{version}} em {{platform}}',
      cpu: 'CPU: {{name}}',
      state: 'Estado: {{why}}',
    },
  },
  about: {
    lead: 'Mineração de Monero na sua própria CPU. Nada é executado antes de você clicar em Iniciar.',
    version: 'Versão {{version}}',
    fee: '0% de taxa',
    versions: 'Versões',
    application: 'Ibctminer',
    electron: 'Electron',
    chrome: 'Chromium',
    node: 'Node.js',
    platform: 'Sistema',
    library: 'Biblioteca nativa (SHA-256)',
    libraryNone: 'Não carregada',
    settingsFolder: 'Pasta de ajustes',
    oldElectron:
      'Esta compilação usa o Electron {{version}}, que não recebe mais correções de segurança: o oficial não pôde ser baixado quando ela foi feita. Serve para desenvolvimento e testes. Não a repasse.',
    trust: 'Nossos compromissos',
    rules: {
      start:
        'Nenhum hash é calculado antes de você concordar e clicar em Iniciar. Até lá, uma pool só é contatada quando você a testa ou mede a latência dela.',
      visible:
        'Durante a mineração, fica visível uma janela ou um ícone na bandeja com o nome do próprio aplicativo.',
      fee: 'Você minera para o seu próprio endereço. A taxa é de 0%.',
      practice: 'Treino e medições não enviam trabalho a ninguém.',
      rights:
        'Ele nunca dá a si mesmo direitos de administrador. Mostra os comandos que os exigem e só executa um quando você clica em “Executar comando” e a solicitação do próprio sistema permite.',
      system: 'Ele não carrega drivers nem muda ajustes do antivírus ou de energia.',
      updates: 'Ele não baixa programas sem você saber.',
      quit: 'Ao sair, nenhum processo fica para trás.',
      privacy: 'Logs e relatórios omitem seu endereço. Sem telemetria.',
    },
    files: 'Estes arquivos são autênticos?',
    filesHint:
      'Compara todos os arquivos deste aplicativo com a lista assinada no lançamento dele. Nada é enviado.',
    filesCompare: 'Comparar arquivos',
    filesComparing: 'Comparando…',
    filesUnsigned:
      'Esta compilação veio sem lista assinada, como as de desenvolvimento. Não dá para saber de que foi feita.',
    filesSame_one: '{{count}} arquivo está como foi lançado ({{signedAs}}).',
    filesSame_many: 'Todos os {{count}} arquivos estão como foram lançados ({{signedAs}}).',
    filesSame_other: 'Todos os {{count}} arquivos estão como foram lançados ({{signedAs}}).',
    filesDiffer:
      'Estes arquivos não estão como foram lançados. Instale o aplicativo de novo, de uma fonte em que você confie.',
    filesChanged: 'Alterados: {{files}}',
    filesMissing: 'Faltando: {{files}}',
    filesAdded: 'Não são nossos: {{files}}',
    filesOutside:
      'Um programa alterado pode mentir sobre si mesmo. De fora, com a chave que está na página web:',
    licences: 'Licenças',
    licence: 'O Ibctminer é software livre sob a licença MIT.',
    builtWith: 'Feito com',
    links: 'Saiba mais',
    howMiningWorks: 'Como funciona a mineração',
    hugePages: 'Entenda as huge pages',
    source: 'Código-fonte',
    getWallet: 'Obter uma carteira',
  },
  connections: {
    title: 'Conexões',
    hint: 'Tudo a que o aplicativo se conecta ou em que escuta. Os nomes que há aqui são consultados no servidor de nomes do seu sistema. Nada mais é contatado.',
    purpose: 'Para quê',
    place: 'Onde',
    last: 'Última abertura',
    bytes: 'Enviados / recebidos',
    bytesHint: 'Os bytes são contados desde o início do aplicativo, com a criptografia incluída.',
    state: 'Agora',
    never: 'Não desde o início',
    on: 'Ativa',
    off: 'Inativa',
    anyPort: '{{host}}, qualquer porta livre',
    purposes: {
      pool: 'Pool: trabalho e shares, com o endereço da sua carteira. Enquanto você minera e quando a testa.',
      node: 'Nó: blocos para minerar, com o endereço da sua carteira. Enquanto você minera e quando o testa.',
      nodeNews: 'Nó: avisos de blocos, enquanto você minera.',
      latency:
        'Pool conhecida: conecta e sai, para medir a latência. Nada é enviado. Quando você pede.',
      account:
        'API web da pool: seu saldo lá, pedido com o endereço da sua carteira. A cada cinco minutos enquanto você minera ou olha para ele, se você o ativou.',
      practice: 'Pool de treino, dentro do aplicativo. Enquanto você treina.',
      updates:
        'Novas versões: dois arquivos pequenos, nada sobre você. Uma vez por dia, se ativado nos Ajustes. O programa em si, quando você clica em Baixar.',
      api: 'API de monitoramento: programas neste computador perguntam, o aplicativo responde. Se ativada nos Ajustes.',
    },
  },
  uninstall: {
    title: 'Desinstalar',
    hint: 'Mostra tudo o que o aplicativo criou neste computador e remove o que você não quiser manter.',
    open: 'Desinstalar…',
    askTitle: 'Desinstalar o Ibctminer?',
    askText:
      'Isto é tudo o que o aplicativo criou neste computador. A mineração para, e o que você não mantiver é excluído para sempre. Suas moedas estão seguras: elas estão na sua carteira, não neste aplicativo.',
    nothing: 'O aplicativo não gravou nada neste computador.',
    made: {
      settings: 'Ajustes, endereço da carteira e pools',
      history: 'Histórico de mineração',
      logs: 'Logs',
      tuning: 'Medições de desempenho',
      marker: 'Marca de que a mineração está ligada',
      window: 'Tamanho e posição da janela',
      loginItem: 'Abertura no login',
      browser: 'Cache da janela',
      lock: 'Marca de que o aplicativo está aberto',
      update: 'Versão mais nova, baixada',
      folder: 'Pasta do aplicativo',
    },
    keep: {
      settings: 'Manter ajustes, endereço da carteira e pools',
      history: 'Manter o histórico',
      tuning: 'Manter as medições de desempenho (o minerador de terminal também as usa)',
    },
    foreign: 'Não foi criado pelo aplicativo e por isso não é tocado: {{names}}',
    confirm: 'Parar a mineração e remover',
    removing: 'Removendo…',
    doneTitle: 'O Ibctminer fez a limpeza',
    partlyTitle: 'Nem tudo pôde ser removido',
    doneText: 'Saia agora; qualquer outra coisa gravaria parte disso de novo.',
    fates: {
      removed: 'Removido',
      kept: 'Mantido',
      atQuit: 'Será removido ao sair',
      afterQuit: 'Exclua depois de sair',
      failed: 'Não foi possível remover: {{problem}}',
    },
    programTitle: 'O programa em si',
    program: {
      deb: 'Foi instalado pelo gerenciador de pacotes do sistema. Remova-o com:',
      appImage: 'É um único arquivo. Exclua-o com:',
      folder: 'É a pasta que você descompactou. Exclua-a com:',
      nsis: 'Remova-o em “Aplicativos instalados” do Windows, ou com:',
      mac: 'Mova-o para o Lixo, ou exclua-o com:',
      source: 'É executado a partir do código-fonte. Exclua-o com:',
    },
    hugePagesTitle: 'Huge pages',
    hugePages_one:
      '{{count}} huge page está reservada. O aplicativo nunca faz isso sem que você peça. Se foi para minerar, desfaça com:',
    hugePages_many:
      '{{count}} huge pages estão reservadas. O aplicativo nunca faz isso sem que você peça. Se foi para minerar, desfaça com:',
    hugePages_other:
      '{{count}} huge pages estão reservadas. O aplicativo nunca faz isso sem que você peça. Se foi para minerar, desfaça com:',
    quit: 'Sair',
  },
  close: {
    title: 'Fechar o Ibctminer?',
    mining: 'A mineração pode continuar em segundo plano, com um ícone na bandeja.',
    idle: 'O aplicativo pode ficar na bandeja. Não está minerando no momento.',
    noTray:
      'Este ambiente não tem bandeja do sistema, então o aplicativo não pode continuar em segundo plano.',
    background: 'Continuar em segundo plano',
    quit: 'Sair',
    quitMining: 'Parar e sair',
    remember: 'Lembrar minha escolha',
  },
  problem: {
    internal: 'Algo deu errado dentro do aplicativo: {{reason}}',
    poolUrlEmpty: 'Digite o endereço de uma pool, como pool.example.com:3333.',
    poolUrlWebPage:
      '{{scheme}}:// é uma página web. Procure nela o endereço da porta de mineração da pool, como pool.example.com:3333. Para seu próprio monerod, escreva daemon+http://host:porta.',
    poolUrlScheme:
      '{{scheme}}:// não é aceito. Escreva host:porta, stratum+tcp://host:porta ou stratum+ssl://host:porta.',
    poolUrlHost:
      '“{{host}}” não é um nome de host nem um endereço válido. Verifique se está escrito corretamente.',
    poolUrlHostMissing: 'Falta o host. Escreva host:porta, como pool.example.com:3333.',
    poolUrlBrackets: 'Ponha o endereço IPv6 entre colchetes: [{{address}}]:3333.',
    poolUrlPort: '“{{port}}” não é uma porta válida. Portas são números de 1 a 65535.',
    poolUrlPortMissing: 'Falta a porta. Escreva host:porta, como pool.example.com:3333.',
    poolUrlLogin:
      'Escreva o endereço sem login: {{place}}. O login tem campo próprio (--login e --pass no terminal).',
    connectionTimedOut:
      '{{place}} não respondeu a tempo. Verifique o host, a porta e sua conexão com a internet.',
    connectionRefused: '{{place}} recusou a conexão. Verifique a porta.',
    connectionFailed:
      'Não foi possível contatar {{place}} ({{reason}}). Verifique o host, a porta e sua conexão com a internet.',
    hostUnreachable:
      'Não é possível acessar {{place}} daqui. Verifique sua conexão com a internet.',
    hostNotFound: '{{host}} não foi encontrado. Verifique se está escrito corretamente.',
    nameServersSilent:
      'Não foi possível resolver {{host}}: nenhum servidor de nomes respondeu. Verifique sua conexão com a internet.',
    proxyUnreachable: 'Não foi possível usar o proxy. {{why}}',
    proxyFailed:
      'O proxy não conseguiu contatar {{place}} ({{reason}}). Verifique o endereço da pool e o log do proxy.',
    tlsFailed: '{{place}} não respondeu por TLS. Desative o TLS ou use a porta TLS da pool.',
    tlsExpected: 'Esta é uma porta TLS. Ative o TLS para esta pool.',
    certificateNotTrusted:
      'O certificado não é confiável. {{why}} Confie nele apenas se você souber que a impressão digital dele é {{fingerprint}}, ou escolha outra pool.',
    certificateNotPinned:
      'O certificado não é o que você fixou: esperado {{pinned}}, encontrado {{found}}. Alguém pode estar interceptando a conexão. Se um novo certificado foi anunciado, fixe esse.',
    certificateChanged:
      'O certificado mudou de {{first}} para {{found}}, e nenhuma autoridade conhecida responde pelo novo. Alguém pode estar interceptando a conexão. Se você reiniciou sua própria P2Pool, inicie a mineração de novo para confiar nele.',
    certificateExpired: 'Ele expirou em {{day}}.',
    certificateNotYetValid:
      'Ele não é válido antes de {{day}}. Verifique o relógio deste computador.',
    certificateSelfSigned: 'Ele é autoassinado.',
    certificateUnknownAuthority:
      'Nenhuma autoridade conhecida por este computador responde por ele.',
    certificateOfAnother: 'Ele foi emitido para {{names}}, não para {{name}}.',
    certificateUnverified: 'Não foi possível verificá-lo ({{reason}}).',
    loginTimedOut: 'A pool não respondeu ao login em {{waitMs, duration}}.',
    loginTooLong: 'O login, a senha e o nome do rig são longos demais juntos. Encurte-os.',
    loginMalformed: 'A pool aceitou o login sem dar um ID de sessão.',
    sessionIdTooLong: 'O ID de sessão da pool é longo demais para ser enviado de volta.',
    loginRefused:
      'A pool recusou o login: “{{said}}”. Verifique o endereço da carteira e os ajustes da pool.',
    loginFailed: 'A pool recusou o login: “{{said}}”.',
    loginFailedSilently: 'A pool recusou o login sem dar motivo.',
    poolNotReady: 'A pool não pode aceitar o login agora: “{{said}}”.',
    banned: 'A pool bloqueou este computador por um tempo: “{{said}}”.',
    sessionLost: 'A pool esqueceu esta sessão: “{{said}}”.',
    noJob: 'A pool aceitou o login, mas não enviou trabalho em {{waitMs, duration}}.',
    noJobForLong: 'A pool não envia trabalho há {{waitMs, roughly}}.',
    sharesUnanswered_one: 'A pool não respondeu à última share.',
    sharesUnanswered_many: 'A pool não respondeu às últimas {{count}} shares.',
    sharesUnanswered_other: 'A pool não respondeu às últimas {{count}} shares.',
    noShareCounts_one: 'A última share não contou. {{why}}',
    noShareCounts_many: 'Nenhuma das últimas {{count}} shares contou. {{why}}',
    noShareCounts_other: 'Nenhuma das últimas {{count}} shares contou. {{why}}',
    sharesRefusedForNow:
      'Cinco shares seguidas foram recusadas. {{why}} O aplicativo tenta esta pool de novo mais tarde.',
    sharesRefused:
      'Cinco shares seguidas foram recusadas. {{why}} A mineração nesta pool parou porque os resultados deste computador podem estar errados. Desfaça qualquer overclock ou tente outra pool.',
    poolNotReading: 'A pool parou de ler o que é enviado a ela.',
    tooMuchData: 'A pool envia muito mais dados do que qualquer pool deveria. Verifique a porta.',
    lineTooLong: 'A pool enviou uma linha sem fim. Verifique a porta.',
    notStratum: 'A pool não fala o protocolo stratum. Verifique a porta.',
    webServer: 'Esta porta é de um servidor web. Procure a porta de mineração da pool.',
    closed: 'A pool fechou a conexão.',
    closedAtOnce: 'A pool fechou a conexão sem responder.',
    closedAtOnceTlsPerhaps:
      'A pool fechou a conexão sem responder. Se esta for uma porta TLS, ative o TLS para esta pool.',
    connectionBroken: 'A pool derrubou a conexão.',
    connectionDied: 'A conexão caiu: a pool parou de responder.',
    connectionEnded: 'A conexão terminou ({{reason}}).',
    connectionRenewed: 'O computador estava suspenso ou mudou de rede. Reconectando.',
    jobMalformed:
      'A pool enviou um trabalho cujo campo {{member}} falta ou está danificado. Ele foi ignorado.',
    jobsMalformed: 'A pool envia trabalhos danificados. {{why}}',
    jobIdTooLong: 'A pool enviou um trabalho cujo ID é longo demais para ser enviado de volta.',
    algorithmUnknown:
      'A pool enviou um trabalho para “{{said}}”, que não é o algoritmo do Monero. Escolha outra pool ou porta.',
    algorithmNotWanted:
      'A pool enviou um trabalho para {{algorithm}}, mas só {{wanted}} pode ser minerado. Escolha outra pool ou porta.',
    blockVersionUnknown:
      'A pool enviou um bloco da versão {{version}}, que este aplicativo não consegue minerar. Escolha outra pool ou porta.',
    blockLayoutUnknown:
      'A pool enviou um bloco de estrutura desconhecida. Escolha outra pool ou porta, ou procure uma atualização deste aplicativo.',
    seedHashMissing:
      'A pool enviou um trabalho de RandomX sem o seed hash, que ninguém consegue minerar. Escolha outra pool ou porta.',
    jobGone: 'O trabalho da share é de uma conexão anterior.',
    jobWithdrawn: 'A pool substituiu o trabalho da share por um que não pode ser minerado.',
    difficultyRaised: 'A pool aumentou, desde então, a dificuldade deste trabalho.',
    blockChanged: 'A pool passou para outro bloco antes de a share ser encontrada.',
    shareBelowTarget: 'O motor encontrou uma share que não atinge o alvo. Ela não foi enviada.',
    shareNonceDiffers: 'O nonce da share difere do que está no blob. Ela não foi enviada.',
    shareNonceReserved: 'O nonce da share usa um byte reservado para a pool. Ela não foi enviada.',
    shareRepeated: 'A mesma share foi encontrada duas vezes. Foi enviada uma vez.',
    tooManyShares: 'A pool pede tão pouco trabalho por share que esta não foi enviada.',
    notConnected: 'Não havia conexão para enviar a share.',
    shareUnanswered: 'A pool não respondeu a esta share em um minuto.',
    shareCutOff: 'A conexão terminou antes de a pool responder a esta share.',
    poolLeft: 'O aplicativo deixou a pool antes de ela responder a esta share.',
    shareLate: 'A share chegou à pool tarde demais: “{{said}}”.',
    shareRefused: 'A pool recusou uma share: “{{said}}”.',
    shareRefusedSilently: 'A pool recusou uma share sem dar motivo.',
    poolGivesNoWork: 'Esta pool não dá trabalho, mas outra da sua lista dá.',
    earlierPoolWorks: 'Uma pool mais acima na sua lista voltou a funcionar.',
    noPoolLeft: 'Nenhuma pool da lista funciona. {{why}}',
    nodeUrlEmpty: 'Digite o endereço de um monerod, como 127.0.0.1:18081.',
    nodeUrlScheme:
      'Não se chega ao monerod com {{scheme}}://. Escreva host:porta, http://host:porta ou https://host:porta.',
    nodeUrlLogin:
      'Não foi possível ler o login deste endereço. Escreva usuário:senha@host:porta, com %40 para @, %3A para :, %2F para / e %25 para %.',
    nodeUrlPath: '“{{path}}” depois do endereço do nó não é um caminho válido. Retire-o.',
    nodeUrlQuery:
      '“{{query}}” não é aceito. Só ?zmq=PORT, a porta do --zmq-pub do monerod, pode vir depois do endereço.',
    nodeLoginNeeded: 'O nó pede login. Informe o usuário e a senha do --rpc-login dele.',
    nodeLoginRefused: 'O nó recusou o usuário ou a senha. Verifique ambos.',
    nodeLoginUnknown: 'O servidor à frente do nó pede um tipo de login que não é aceito.',
    nodeLoginInClear:
      'O servidor à frente do nó quer a senha em texto puro. Use TLS (https://), para que ninguém possa lê-la.',
    nodeRefused: 'O nó respondeu: “{{said}}”.',
    nodeHttpStatus:
      'O nó respondeu com o status HTTP {{status}}. Verifique se esta é a porta RPC do monerod, e o caminho, se houver.',
    nodeNotMonerod:
      'O que responde ali não é o monerod (pedido: {{asked}}). Verifique se esta é a porta RPC dele.',
    nodeAnswerTooLong:
      'A resposta do nó é longa demais. Verifique se esta é a porta RPC do monerod.',
    nodeTimeout: 'O nó não respondeu em {{limitMs, duration}}.',
    nodeClosed:
      '{{place}} fechou a conexão sem responder. Verifique se o monerod está em execução e se esta é a porta RPC dele. Talvez exija TLS (https://).',
    nodeNotHttp:
      '{{place}} não fala HTTP. Verifique se esta é a porta RPC do monerod. Talvez exija TLS (https://).',
    nodeConnectionLost: 'A conexão com {{place}} falhou ({{reason}}).',
    nodeWrongNetwork:
      'O nó está em {{nodeNetwork}}, mas o endereço da carteira é de {{network}}. Use um nó dessa rede.',
    nodeSyncing: 'O nó ainda está sincronizando. A mineração começa sozinha quando ele terminar.',
    nodeSyncingAt:
      'O nó ainda está sincronizando (bloco {{height, integer}} de {{target, integer}}). A mineração começa sozinha quando ele terminar.',
    nodeUntrusted:
      'O nó ainda está sincronizando e repassa o que outro nó diz, então não poderia publicar um bloco. A mineração começa sozinha quando ele terminar.',
    nodeAddressRefused: 'O nó não aceita este endereço de carteira. Verifique-o.',
    nodeSubaddress:
      'A mineração solo exige um endereço principal, que começa com 4. Este é um subendereço.',
    nodeIntegrated:
      'Um nó descarta o ID de pagamento de um endereço integrado, então ninguém saberia para quem é a recompensa. A mineração solo exige um endereço principal.',
    nodeOldBlock:
      'O nó pede um bloco da versão {{version}}, de antes do RandomX. Verifique se o nó está sincronizado.',
    nodeUnknownLayout:
      'O nó pede um bloco de estrutura desconhecida (versão {{version}}). Procure uma atualização deste aplicativo.',
    nodeOtherAlgorithm: 'O nó pede {{algorithm}}, mas só {{only}} pode ser minerado.',
    nodeUnproven:
      'Nada prova que {{host}} é o seu nó. Qualquer um no meio do caminho pode distribuir trabalho que paga a outra pessoa. Use TLS com um certificado em que você confie.',
    nodeNoPublisher: '{{place}} não é o publicador ZMQ do monerod.',
    nodeNotAnnouncing:
      'O nó não anuncia novos blocos, então o aplicativo pergunta a ele uma vez por segundo. Verifique o --zmq-pub do monerod. {{reason}}',
    blockSuperseded: 'A cadeia tem um bloco mais novo que aquele em que esta solução se baseia.',
    blockTemplateUsed: 'Este bloco já tem uma solução. Uma segunda não pode entrar na cadeia.',
    blockTooEasy: 'O hash não atinge a dificuldade do bloco.',
    blockOrphaned: 'Outro bloco da mesma altura chegou antes.',
    blockMissing: 'O nó aceitou o bloco, mas não o tem.',
    blockUndelivered: 'Não foi possível entregar o bloco antes que fosse tarde demais. {{reason}}',
    blockUnanswered: 'O aplicativo deixou o nó antes de ele responder a esta solução.',
    practiceNoServer: 'A pool de treino não pôde ser iniciada neste computador: {{reason}}.',
    addressMissing: 'Digite seu endereço Monero.',
    addressOtherCoin:
      'Isto parece um endereço de {{coin}}. Digite um endereço Monero, que começa com 4 ou 8.',
    addressIsSecret:
      'Isto parece uma frase-semente ou uma chave secreta. Nunca a dê a ninguém: quem a tiver pode levar seu dinheiro. Digite o endereço da sua carteira, que começa com 4 ou 8.',
    addressIsName:
      '“{{name}}” é um nome, não um endereço. O aplicativo não resolve nomes. Digite o próprio endereço Monero, que sua carteira mostra.',
    addressWithMail:
      'Este é um endereço seguido de um nome de worker ou de um e-mail. Digite só o endereço. Se a pool quiser mais no login, use o campo de login (--login no terminal).',
    addressGap_one:
      'Há um espaço ou uma quebra de linha depois do primeiro caractere. Copie o endereço de novo, inteiro.',
    addressGap_many:
      'Há um espaço ou uma quebra de linha depois do caractere {{count}}. Copie o endereço de novo, inteiro.',
    addressGap_other:
      'Há um espaço ou uma quebra de linha depois do caractere {{count}}. Copie o endereço de novo, inteiro.',
    addressForeign:
      'O caractere {{position}} está errado: “{{character}}” nunca aparece em um endereço Monero. Copie o endereço de novo.',
    addressInvisible:
      'O caractere {{position}} é invisível ({{character}}) e não faz parte de um endereço. Copie o endereço de novo, sem nada em volta.',
    addressTooShort_one:
      'Falta um caractere: um endereço tem 95. Copie o endereço inteiro de novo.',
    addressTooShort_many:
      'Isto é curto demais para um endereço Monero: faltam {{count}} de 95 caracteres. Copie o endereço inteiro de novo.',
    addressTooShort_other:
      'Isto é curto demais para um endereço Monero: faltam {{count}} de 95 caracteres. Copie o endereço inteiro de novo.',
    addressOneTooMany:
      'Há um caractere a mais: um endereço tem 95. Copie o endereço inteiro de novo.',
    addressTooLong:
      'Isto tem {{length}} caracteres. Um endereço Monero tem 95, e um integrado, 106. Copie o endereço inteiro de novo.',
    addressWrongCharacter:
      'Um caractere está errado: o da posição {{position}}. Copie o endereço de novo da sua carteira.',
    addressSwapped:
      'Dois caracteres vizinhos estão trocados: posições {{first}} e {{second}}. Copie o endereço de novo da sua carteira.',
    addressChecksum:
      'Alguns caracteres deste endereço estão errados: a soma de verificação não confere. Copie o endereço de novo da sua carteira.',
    addressUnknownKind:
      'Este não é um endereço Monero, embora a soma de verificação esteja certa. Copie o endereço de novo da sua carteira.',
    addressTestNetwork:
      'Este é um endereço de {{network}}, que não guarda dinheiro de verdade. Digite um endereço da rede principal do Monero.',
    addressWrongNetwork: 'Este é um endereço de {{network}}. Digite um endereço de {{wanted}}.',
    addressLinkOfWallet:
      'Este link contém as chaves de uma carteira. Nunca o cole em lugar nenhum. Digite só o endereço, que começa com 4 ou 8.',
    addressLinkMalformed:
      'Não foi possível ler este link de pagamento. Digite só o endereço, que começa com 4 ou 8.',
    addressLinkPaymentId:
      'Este link de pagamento tem um ID de pagamento, que a mineração não consegue repassar, então suas recompensas poderiam se perder. Use o endereço de uma carteira sua.',
    pictureUnreadable: 'Não foi possível ler a imagem: {{reason}}. Escolha outra.',
    pictureTooLarge:
      'Esta imagem é grande demais: o limite é de 10 MB e 40 megapixels. Recorte-a para que fique só o QR code e tente de novo.',
    pictureUnknown:
      'Isto não é uma imagem PNG ou JPEG, ou está danificada. Salve o QR code em um desses formatos e tente de novo.',
    pictureWithoutQr:
      'Nenhum QR code foi encontrado nesta imagem. Recorte-a para que fique só o QR code, ou cole o endereço.',
    walletRig: 'O nome do rig depois do ponto pode ter de 1 a 31 letras, dígitos, “-” e “_”.',
    walletDifficulty:
      'Depois do “+”, escreva a dificuldade das shares como número inteiro, por exemplo ADDRESS+10000.',
    engineMissing:
      'Falta o motor de mineração. Instale o aplicativo de novo ou, no repositório, execute “npm run set-up”.',
    engineChanged:
      'O motor de mineração foi alterado depois de compilado, então não foi carregado. Instale o aplicativo de novo ou, no repositório, execute “npm run set-up”.',
    engineOutOfMemory:
      'Não há memória livre suficiente. O modo leve precisa de cerca de 256 MiB; o rápido, de cerca de 2,3 GiB. Feche outros programas e inicie de novo.',
    enginePagesUnavailable:
      'O sistema tem poucas páginas de memória do tamanho pedido. Escolha “auto”.',
    engineSelfTestFailed:
      'O motor calculou um hash errado no autoteste, então não minera. Relate isso junto com o modelo da sua CPU.',
    engineThreadRefused: 'O sistema recusou mais uma thread. Escolha menos threads.',
    engineCpuUnsupported: 'Falta a esta CPU um conjunto de instruções de que o motor precisa.',
    engineAlgorithmUnknown: 'Esta versão do motor não conhece o algoritmo. Atualize o aplicativo.',
    engineFault: 'O motor de mineração falhou: {{reason}}',
    engineWarning: 'O motor de mineração continua funcionando, mas avisa: {{reason}}',
    fastModeNeedsMemory:
      'O modo rápido precisa de cerca de 2,3 GiB de memória livre, mais do que este computador tem agora. A mineração continua no modo leve, que é várias vezes mais lento.',
    fastPathWrong:
      'Um dos métodos rápidos de cálculo deu um hash errado no autoteste e não é usado. Relate isso junto com o modelo da sua CPU.',
    generatedCodeForbidden:
      'O sistema proíbe código gerado, então é usado o interpretador, muito mais lento. Permita no seu software de segurança que este aplicativo execute código gerado.',
    wrongShare:
      'Uma share se mostrou errada ao ser recalculada, então não foi enviada. A CPU ou a memória está instável: desfaça qualquer overclock e verifique a temperatura.',
    shareUnchecked:
      'Uma share foi encontrada, mas havia pouca memória livre para verificá-la, então não foi enviada. Feche outros programas.',
    keyWaits:
      'Há pouca memória livre para a nova chave da rede. A mineração continua sozinha assim que cerca de 256 MiB estiverem livres. Feche outros programas.',
    fewerThreads:
      'O sistema recusou algumas das threads ou a memória delas. A mineração continua com as outras.',
    uncleanExit:
      'A mineração não foi iniciada automaticamente: da última vez, o Ibctminer não foi encerrado corretamente. Clique em Iniciar para minerar.',
    noPlan: 'Ainda não há onde minerar. Escolha antes uma pool ou o treino.',
    noJobYet: 'Login feito, aguardando o primeiro trabalho.',
    noncesExhausted:
      'Todos os nonces deste trabalho foram testados. Aguardando o próximo trabalho.',
    stalled:
      'As threads de mineração não concluem um hash há 10 segundos. O computador pode estar muito ocupado ou pode ter estado suspenso.',
    answerNotAwaited: 'A mineração parou antes de chegar a resposta a esta share.',
    consentMissing: 'Concorde antes em minerar neste computador.',
    noPool: 'Escolha antes uma pool ou o treino.',
    noWallet: 'Informe antes o endereço Monero para suas recompensas.',
    measuring: 'Este computador está sendo medido. Espere terminar ou cancele.',
    notStarted: 'Não foi possível iniciar a mineração. Clique em Iniciar de novo.',
    quitting: 'O Ibctminer está prestes a ser encerrado. Abra-o de novo para minerar.',
    miningNow: 'Pare a mineração primeiro. Ela distorceria a medição.',
    oldConsent: 'O texto mudou. Leia-o de novo antes de concordar.',
    noTrial: 'A potência máxima já terminou. Teste-a de novo para mantê-la.',
    noPermission: 'permissão negada',
    diskReadOnly: 'o disco é somente leitura',
    diskFull: 'o disco está cheio',
    fileTooLarge: 'o arquivo é grande demais',
    notAFile: 'não é um arquivo',
    systemSaid: 'o sistema diz {{said}}',
    notJson: 'a linha {{line}}, coluna {{column}}, não é JSON válido',
    settingsWrong: '“{{where}}” está errado',
    notSettings: 'o arquivo não contém ajustes',
    settingsFromNewer: 'foram gravados por uma versão mais nova deste aplicativo',
    settingsSetAside:
      'Não foi possível ler seus ajustes: {{fault}}. O aplicativo começou com ajustes novos e guardou o arquivo antigo como {{aside}}.',
    settingsUnusable:
      'Não foi possível ler seus ajustes em {{file}}: {{reason}}. O aplicativo começou com ajustes novos e não mexe nesse arquivo, então suas mudanças só duram até você sair. Corrija o arquivo ou as permissões dele e inicie o aplicativo de novo.',
    settingsNotKept:
      'Suas mudanças nos ajustes só duram até você sair: não é possível gravar em {{folder}} ({{reason}}).',
    settingsUnwritable:
      'Não foi possível salvar os ajustes em {{file}}: {{reason}}. Verifique o espaço livre e as permissões e tente de novo.',
    tuningUnwritable:
      'Não foi possível salvar a medição em {{file}}: {{reason}}. Verifique o espaço livre e as permissões e meça de novo.',
    historyUnwritable:
      'Não foi possível salvar o histórico em {{folder}}: {{reason}}. A mineração continua, e até um dia de histórico fica na memória até que possa ser salvo.',
    historyUndeletable:
      'Não foi possível excluir o histórico em {{folder}}: {{reason}}. Verifique as permissões dos arquivos e tente de novo.',
    exportUnwritable:
      'Não foi possível exportar o histórico para {{file}}: {{reason}}. Escolha outra pasta ou libere espaço.',
    logUnwritable:
      'Não foi possível salvar o log em {{folder}}: {{reason}}. A mineração continua, e as últimas linhas ficam na memória.',
    logUnexportable:
      'Não foi possível exportar o log para {{file}}: {{reason}}. Escolha outra pasta ou libere espaço.',
    folderUnopenable: 'Não foi possível abrir a pasta {{folder}}: {{said}}.',
    historyDamaged:
      'Parte do histórico em {{file}} não pôde ser lida e foi deixada de fora. O resto está bem.',
    addressReplaced:
      'Alguém trocou o endereço da carteira no arquivo de ajustes. A mineração continua para o endereço que você confirmou.',
    markerUnwritable:
      'Não foi possível gravar {{file}} ({{reason}}). Se o aplicativo falhar durante a mineração, ele não saberá disso na próxima abertura.',
    markerUnremovable:
      'Não foi possível remover {{file}} ({{reason}}). Na próxima abertura, parecerá que o aplicativo falhou.',
    badInput: 'A janela pediu algo que o aplicativo não conhece ({{channel}}: {{reason}}).',
    untrustedSender: 'Esta página não pode controlar o Ibctminer.',
    placeIsOfNode: 'Este é o endereço de um nó. Escolha “Meu próprio nó” para minerar nele.',
    placeIsOfPool: 'Este é o endereço de uma pool, não de um nó.',
    loginItemUnwritable:
      'Não foi possível mudar a abertura no login ({{reason}}). Mude-a nas configurações do sistema.',
    optionUnknown: '“{{option}}” não é uma opção. Veja --help.',
    optionTakesNoValue: '--{{name}} não aceita valor.',
    optionNeedsValue: '--{{name}} precisa de um valor: --{{name}} {{value}}.',
    optionTwice: '--{{name}} foi informada duas vezes. Informe-a uma vez.',
    optionInvalid: '--{{name}}: {{reason}}',
    optionNotWith: '--{{name}} não combina com --{{other}}. Retire-a.',
    optionNotWithFile:
      'O arquivo define suas pools e seus logins, então --{{name}} não combina com ele. Informe também --pool ou mude o arquivo.',
    placeMissing: 'Diga onde minerar: --pool HOST:PORT, --daemon URL ou --practice (veja --help).',
    placesTooMany: 'Escolha entre --{{one}} e --{{other}}.',
    nodeLoginInUrl:
      'Um nó recebe o login na URL, não de --{{name}}: --daemon http://USER:PASSWORD@HOST:PORT.',
    poolIsNode: '--pool: “{{url}}” é o endereço de um monerod. Use --daemon.',
    walletMissingForNode:
      'Minerar em um monerod exige --wallet ADDRESS, que recebe as recompensas.',
    walletMissingForPool: 'Minerar em uma pool exige --wallet ADDRESS (ou --login TEXT).',
    walletAndLogin: 'Informe --wallet ou --login, não ambas.',
    nodeNeedsPrimaryAddress:
      '--wallet: minerar em um monerod exige um endereço principal e nada mais. Ele começa com 4 e tem 95 caracteres.',
    fingerprintInvalid:
      '--tls-fingerprint recebe o SHA-256 de um certificado: 64 dígitos hexadecimais.',
    algorithmNeedsPool: '--algo {{algorithm}} precisa de um --pool que tenha esse trabalho.',
    threadsInvalid:
      '--threads recebe, neste computador, um número de 1 a {{most}}, não “{{given}}”.',
    choiceInvalid: '--{{name}} recebe um destes valores: {{choices}}; não “{{given}}”.',
    durationInvalid: '--duration recebe segundos, mais de 0 e no máximo {{most}}, não “{{given}}”.',
    tuneNotWith: '--tune mede e não minera, então não combina com --{{name}}.',
    apiTokenAlone: '--api-token é para a API HTTP. Informe também uma porta: --api-port N.',
    apiPortInvalid: '--api-port recebe um número de 1 a 65535, não “{{given}}”.',
    apiTokenInvalid:
      'A API HTTP precisa de --api-token TEXT: {{least}} ou mais caracteres ASCII sem espaços, que os leitores dela devem enviar.',
    configTooLong: 'O arquivo “{{file}}” é grande demais para ser uma lista de opções.',
    configUnreadable: 'Não foi possível ler o arquivo “{{file}}”: {{reason}}',
    configNotJson:
      'O arquivo “{{file}}” não é JSON válido (linha {{line}}, coluna {{column}}). Escreva algo como {"practice": true}.',
    configNotAnObject:
      'O arquivo “{{file}}” deve conter um objeto, como {"practice": true}, ou ser o config.json do XMRig.',
    configUnknownOption: 'Em “{{file}}”, “{{name}}” não é uma opção. Use os nomes de --help.',
    configNoFlag: 'Em “{{file}}”, “{{name}}” deve ser true ou false.',
    configNoText: 'Em “{{file}}”, “{{name}}” deve ser um texto como {{wanted}}.',
    fileMissing: 'esse arquivo não existe.',
    fileForbidden: 'você não tem permissão para lê-lo.',
    fileIsFolder: 'é uma pasta.',
    fileFault: 'o sistema diz {{code}}.',
    xmrigNoPool: 'O arquivo do XMRig não tem nenhuma pool ativada.',
    xmrigNoUrl: 'não tem endereço.',
    xmrigPoolSkipped: 'A pool “{{pool}}” do arquivo do XMRig fica de fora: {{reason}}',
    xmrigNotOurs: '“{{what}}” não pode ser minerado aqui.',
    xmrigSelfSelect: 'minerar seus próprios modelos de bloco (self-select) não é aceito.',
    xmrigPrivateKey:
      'O arquivo do XMRig contém uma chave privada (spend-secret-key). O Ibctminer nunca lê uma. Apague-a do arquivo e tente de novo.',
    xmrigCpuOff:
      'O arquivo do XMRig desativa a mineração na CPU, e o Ibctminer não minera em mais nada.',
    xmrigIgnored: 'Estes ajustes do arquivo do XMRig não têm efeito aqui: {{names}}.',
    xmrigDonation: 'O nível de doação do XMRig não tem efeito: não há doação nem taxa.',
    xmrigPriority:
      'Aqui as threads de mineração têm sempre a prioridade mais baixa, diga o que disser o arquivo do XMRig.',
    xmrigMsr:
      'O Ibctminer nunca muda registradores da CPU (wrmsr). O XMRig muda quando executado como root, e ganha alguns por cento.',
    xmrigGpu: 'O Ibctminer minera só na CPU. OpenCL e CUDA ficam de fora.',
    xmrigPauses:
      'Pausar na bateria ou com o computador em uso é um recurso do aplicativo de desktop.',
    xmrigApiNotLocal:
      'A API HTTP no arquivo do XMRig escuta em {{host}}. Aqui ela só responde a este computador, então fica desligada. Use --api-port.',
    xmrigApiToken:
      'A API HTTP no arquivo do XMRig não tem um token de acesso de {{least}} ou mais caracteres, então fica desligada. Use --api-port e --api-token.',
    xmrigApiReadOnly: 'A API HTTP aqui é somente leitura.',
    apiPortTaken: 'A porta {{port}} já está em uso. Escolha outra para a API HTTP.',
    apiCannotListen:
      'A API HTTP não conseguiu escutar na porta {{port}} ({{reason}}). Escolha outra.',
    releaseKeyNone:
      'Esta compilação não tem chave de lançamento, então não consegue saber o que é autêntico.',
    signatureUnreadable:
      'Não foi possível ler a assinatura, então nada do que ela cobre é considerado confiável.',
    signatureForeign:
      'O arquivo não foi assinado com uma chave do Ibctminer, então não é considerado confiável.',
    signatureWrong: 'A assinatura não confere: o arquivo foi alterado depois de assinado.',
    releaseUnreadable: 'Não foi possível ler o que o servidor diz sobre a versão mais recente.',
    fileListForeign: 'A lista de arquivos está assinada, mas não é a desta versão.',
    comparingNeedsMemory:
      'A comparação precisa de 5 GiB de memória livre, para dois datasets; livres agora: {{bytes, gibibytes}}. Feche outros programas e tente de novo.',
    commandFailed: 'O comando falhou: {{said}}',
    commandGone: 'Este comando não serve mais para este computador. Verifique de novo.',
    promptOpen: 'A solicitação do sistema já está aberta. Responda a ela primeiro.',
    comparingEnded: 'A medição foi encerrada antes de terminar.',
    tariffUnreadable: 'Não foi possível ler {{file}}: {{reason}}. Escolha outro arquivo.',
    tariffColumns:
      'A linha {{line}} deveria ter uma hora e um preço, como 07:00;0,25, mas é “{{text}}”. Nada foi aproveitado do arquivo.',
    tariffHour:
      'Linha {{line}}: “{{text}}” não é uma hora inteira de 0 a 23, como 7 ou 07:00. Nada foi aproveitado do arquivo.',
    tariffPrice:
      'Linha {{line}}: “{{text}}” não é um preço, como 0.25 ou 0,25. Nada foi aproveitado do arquivo.',
    tariffTwice:
      'A linha {{line}} dá um segundo preço à hora {{hour}}. Deixe só as 24 horas de um dia. Nada foi aproveitado do arquivo.',
    tariffMissing:
      'O arquivo não tem preço para estas horas: {{hours}}. Ele deveria ter todas as 24 horas de um dia. Nada foi aproveitado dele.',
    poolApiFailed: 'Não foi possível perguntar a {{host}} sobre seu saldo. {{why}}',
    poolApiStatus: 'A resposta foi o status HTTP {{status}}. Tente mais tarde.',
    poolApiRedirects:
      'O aplicativo foi mandado a outro servidor, o que ele não segue. A API web da pool pode ter mudado de lugar.',
    poolApiTooLong: 'A resposta tem mais de {{size}} bytes, então não foi lida.',
    poolApiSilent: 'A resposta não terminou em {{seconds}} s. Tente mais tarde.',
    poolApiBroken: 'A conexão caiu ({{reason}}). Tente mais tarde.',
    poolApiStrange:
      'A resposta não é a que este aplicativo espera. A API web da pool pode ter mudado.',
    poolApiNoAddress:
      'Seu endereço ainda não é conhecido lá. Passará a ser depois da sua primeira share.',
    releaseServer:
      'Não foi possível consultar o servidor de atualizações {{host}} ({{reason}}). Tente mais tarde.',
    updateChanged:
      'O que foi baixado não é o que foi assinado, então foi excluído. Tente de novo; se não resolver, veja a página de download.',
    updateNotHere: 'Ainda não há nada para instalar. Baixe antes a versão mais nova.',
    updateAwaitsBlock: 'Um bloco está a caminho do seu nó. Instale quando ele tiver chegado.',
    updateNotOpened: 'O sistema não conseguiu abrir {{file}} ({{said}}).',
  },
  why: {
    needsConsent: 'Mineração parada: você ainda não concordou em minerar neste computador.',
    notStartedYet: 'Mineração ainda parada: começa quando você clicar em Iniciar.',
    stoppedByUser: 'Parada por você.',
    over: 'Parada: esta execução terminou.',
    quitting:
      'Será encerrado assim que seu nó receber o bloco que você encontrou. Saia de novo para desistir dele.',
    connecting: 'Conectando à pool ou ao nó.',
    preparing: 'Preparando o primeiro hash.',
    building: {
      only: 'Criando o dataset: {{progress, percent}}.',
      mining: 'Criando o dataset: {{progress, percent}}. Enquanto isso, minerando no modo leve.',
      practising:
        'Criando o dataset: {{progress, percent}}. Enquanto isso, treinando no modo leve, o que não rende nada.',
    },
    mining: {
      fast: 'Minerando no modo rápido.',
      light: 'Minerando no modo leve.',
    },
    practising: {
      fast: 'Treinando no modo rápido, o que não rende nada.',
      light: 'Treinando no modo leve, o que não rende nada.',
    },
    paused: 'Em pausa: {{reasons}}.',
    pausedFor: 'Em pausa: {{reason}}, mais {{remainingMs, duration}} (fim: {{end}}).',
    held: {
      heat_one: 'Limitada a {{count}} thread para não esquentar.',
      heat_many: 'Limitada a {{count}} threads para não esquentar.',
      heat_other: 'Limitada a {{count}} threads para não esquentar.',
      watts_one: 'Limitada a {{count}} thread para economizar energia.',
      watts_many: 'Limitada a {{count}} threads para economizar energia.',
      watts_other: 'Limitada a {{count}} threads para economizar energia.',
    },
    notScheduledYet: 'Em espera, conforme seus horários. Próximo início: {{end}}.',
    neverScheduled: 'Mineração parada: seus horários não têm nenhuma hora.',
    reasonUntil: '{{reason}} (fim: {{end}})',
    pausedBecause: {
      user: 'a seu pedido',
      snooze: 'por um tempo',
      battery: 'na bateria',
      inUse: 'você está usando o computador',
      schedule: 'fora dos horários',
      heat: 'a CPU está quente demais',
      fullScreen: 'há um programa em tela cheia',
      metered: 'a conexão com a internet é limitada',
      listedProcess: 'há um programa da sua lista aberto',
    },
    goesOn: {
      user: 'Pressione “Retomar” para continuar.',
      battery: 'Retoma ao ligar na tomada.',
      inUse: 'Retoma quando você deixar o computador em repouso.',
      heat: 'Retoma quando esfriar.',
      fullScreen: 'Retoma quando você sai da tela cheia.',
      metered: 'Retoma com outra conexão.',
      listedProcess: 'Retoma quando ele for encerrado.',
    },
    retrying: 'Nova tentativa em {{retryInMs, duration}}. {{problem}}',
  },
  log: {
    connected: 'Conectado a {{place}}.',
    connectedEncrypted: 'Conectado a {{place}} por TLS.',
    connectedByTls: 'Conectado a {{place}} por TLS. SHA-256 do certificado: {{fingerprint}}.',
    connectedPractice: 'Conectado à pool de treino, que não rende nada.',
    loggedIn: 'Login feito.',
    job: 'Novo trabalho: {{algorithm}}, dificuldade {{difficulty, integer}}.',
    jobAtHeight:
      'Novo trabalho: {{algorithm}}, dificuldade {{difficulty, integer}}, altura {{height}}.',
    jobRefused: 'Trabalho recusado. {{problem}}',
    shareAccepted: 'Share aceita (dificuldade {{difficulty, integer}}, {{ms}} ms).',
    shareRejected: 'Share rejeitada. {{problem}}',
    shareStale: 'Share obsoleta. {{problem}}',
    disconnected: '{{problem}} Próxima tentativa em {{retryInMs, duration}}.',
    givenUp: 'Sem mais tentativas. {{problem}}',
    problem: '{{problem}}',
    notStartedAfterStop:
      'A mineração não foi iniciada automaticamente: da última vez, você parou a mineração.',
    notStartedAfterCrash:
      'A mineração não foi iniciada automaticamente: da última vez, o Ibctminer não foi encerrado corretamente.',
    stoppedByFault: 'A mineração foi parada por um erro interno: {{reason}}',
    newVersion: 'A versão {{version}} está disponível. Os Ajustes dizem como instalá-la.',
    fullPowerNotKept: 'A potência máxima não foi mantida. De volta ao ajuste anterior.',
  },
  tray: {
    start: 'Iniciar',
    stop: 'Parar',
    power: 'Potência',
    profile: {
      quiet: 'Silenciosa',
      balanced: 'Equilibrada',
      full: 'Máxima',
    },
    shares: 'Shares: {{accepted}} aceitas, {{rejected}} rejeitadas, {{stale}} obsoletas',
    open: 'Abrir o Ibctminer',
    settings: 'Ajustes…',
    quitMining: 'Sair (interrompe a mineração)',
  },
  notification: {
    hidden:
      'O Ibctminer continua funcionando na bandeja. Use o menu dele para parar a mineração ou sair.',
    blockUnderWay:
      'Você encontrou um bloco. O Ibctminer será encerrado assim que seu nó o receber, em até dois minutos. Saia de novo para encerrar agora.',
    goesOn: 'Minerando de novo.',
    poolDown: '{{host}} não dá trabalho há 2 minutos.',
    poolDownBecause: '{{host}} não dá trabalho há 2 minutos. {{why}}',
    poolBack: '{{host}} voltou.',
    noShares: 'Nenhuma share em {{times}} vezes o tempo esperado. Abra o Histórico para ver mais.',
    rejects: 'A pool está rejeitando {{part, percent}} das suas shares.',
  },
  dialog: {
    quitStops: 'Sair interrompe a mineração',
    quitStopsDetail:
      'Nenhuma share será encontrada até você abrir o Ibctminer e iniciar a mineração de novo.',
    noSandbox: 'O Ibctminer não funciona sem o sandbox',
    noSandboxDetail:
      'Ele foi iniciado com --no-sandbox, o que permitiria que uma falha na janela alcançasse seus arquivos. Inicie-o sem essa opção; se o seu sistema proíbe o sandbox, instale o pacote Debian, que traz a permissão para ele.',
    pictures: 'Imagens',
    tables: 'Tabelas (CSV)',
    pageFails: 'A janela falha repetidamente',
    pageFailsDetail: 'A mineração não é afetada. Tente de novo, ou saia e pare a mineração.',
  },
  terminal: {
    what: 'Minere Monero na sua própria CPU, no terminal.',
    options: '[opções]',
    exit: 'Ctrl+C para. Código de saída: 0 ao parar, 2 por uso incorreto, 1 por uma falha que encerra a mineração.',
    option: {
      pool: 'minerar nesta pool; repita para adicionar reservas',
      daemon: 'mineração solo em um monerod: http://127.0.0.1:18081[/?zmq=PORT]',
      practice: 'minerar na pool de treino embutida: trabalho real, sem ganhos',
      wallet: 'seu endereço Monero, também ADDRESS+DIFF ou ADDRESS.RIG',
      login: 'enviado à pool exatamente como digitado, em vez de --wallet',
      pass: 'senha para a pool (padrão: x)',
      tls: 'usar TLS; o primeiro certificado é mostrado e fixado para esta execução',
      'tls-fingerprint': 'SHA-256 do único certificado a aceitar',
      'rig-id': 'nome deste computador, mostrado pela pool',
      socks5: 'acessar a pool por este proxy',
      threads: 'número de threads de mineração',
      mode: 'fast precisa de 2,3 GiB de memória; light, de 256 MiB',
      algo: 'aceitar só trabalhos deste algoritmo',
      'api-port': 'API HTTP somente leitura em 127.0.0.1, para painéis',
      'api-token': 'o que os leitores da API devem enviar; 8 caracteres ou mais',
      inspect: 'mostrar cada mensagem da pool e para a pool, sem seu endereço',
      tune: 'medir este computador por cerca de um minuto e guardar os ajustes mais rápidos; não minera',
      'no-learning': 'não testar outros ajustes (threads, hashes em paralelo) ao minerar',
      config: 'ler opções de um arquivo JSON, com os nomes daqui, ou do config.json do XMRig',
      duration: 'parar depois deste número de segundos',
      json: 'escrever um objeto JSON por linha',
      help: 'mostrar isto',
      version: 'mostrar a versão',
    },
    demonstration:
      'Demonstração: {{shares}} shares na pool de treino dentro deste programa. Não rende nada. Ctrl+C encerra.',
    status:
      '{{h10s}} 10 s · {{h60s}} 60 s · {{h15m}} 15 min · {{accepted}} aceitas, {{rejected}} rejeitadas, {{stale}} obsoletas',
    dataset: 'dataset {{progress, percent}}',
    practicePool: 'pool de treino',
    api: 'API HTTP para painéis: {{url}}/2/summary e {{url}}/metrics',
    ended:
      'Encerrado após {{ms, duration}}: {{accepted}} aceitas, {{rejected}} rejeitadas, {{stale}} obsoletas, {{hashes, integer}} hashes.',
    tuneBegins: 'Medindo este computador por cerca de um minuto. Nada é enviado a ninguém.',
    tunePoint: '{{threads}}, {{sideBySide}}: {{rate, hashrate}}',
    tuneKept: 'Guardado para {{algorithm}} no modo {{mode}}: {{best}}',
    forReal: 'Para minerar de verdade, em um computador seu ou que você tenha permissão para usar:',
    forRealAlone: 'Ou solo, no seu próprio monerod:',
    allOptions: 'Todas as opções:',
  },
};
