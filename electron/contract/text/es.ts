import type { Catalogue } from './catalogues.ts';

/** Español neutro, de tú. «Pool» y «share» son masculinos; se dejan en inglés hashrate, dataset, scratchpad, nonce, rig y huge pages. Stale: obsoleto; Health: Diagnóstico; computer: equipo; wallet: monedero; backup: respaldo. */
export const es: Catalogue = {
  app: {
    name: 'Ibctminer',
    what: 'Mina Monero con tu propia CPU',
    title: 'Ibctminer · {{screen}}',
    loading: 'Iniciando…',
    noBridgeTitle: 'Esta página va dentro de la aplicación',
    noBridge: 'Abre Ibctminer. En un navegador, esta página no tiene con qué comunicarse.',
    failedTitle: 'No se pudo cargar la aplicación',
    retry: 'Reintentar',
    silentTitle: 'El núcleo de minería no responde',
    silent:
      'Los datos que ves abajo son de hace {{ago}}. Si no se arregla solo, sal de la aplicación y vuelve a abrirla. Al salir se detiene la minería.',
    practice: 'Práctica',
    practiceBanner:
      'Práctica: los hashes son reales, pero nada sale de este equipo y no se gana nada.',
    addressChanged:
      'Alguien ha cambiado la dirección del monedero en el archivo de ajustes por {{found}}. La aplicación sigue usando la que confirmaste: {{confirmed}}.',
    addressNone: 'ninguna',
    addressKeep: 'Conservar la dirección confirmada',
    addressUse: 'Usar la otra dirección',
    dismiss: 'Descartar',
    skipToContent: 'Ir al contenido',
  },
  nav: {
    label: 'Principal',
    dashboard: 'Panel',
    history: 'Historial',
    pools: 'Pools',
    settings: 'Ajustes',
    logs: 'Registro',
    health: 'Diagnóstico',
    about: 'Acerca de',
  },
  commands: {
    title: 'Comandos',
    search: 'Buscar comandos',
    none: 'No existe ese comando.',
    mining: 'Minería',
    screens: 'Ir a',
    settings: 'Ajustes: {{section}}',
    pause15: 'Pausar 15 minutos',
    pause60: 'Pausar 1 hora',
    pause240: 'Pausar 4 horas',
    pauseOpen: 'Pausar hasta que reanude',
    themeSystem: 'Usar el tema del sistema',
    themeLight: 'Usar el tema claro',
    themeDark: 'Usar el tema oscuro',
    zoomIn: 'Acercar',
    zoomOut: 'Alejar',
    zoomReset: 'Tamaño real',
    control: 'Ctrl',
  },
  tour: {
    title: 'Recorrido por el panel',
    show: 'Mostrar el recorrido por el panel',
    progress: '{{step}} de {{count}}',
    next: 'Siguiente',
    done: 'Listo',
    never: 'No volver a mostrar',
    steps: {
      state:
        'Aquí arriba la aplicación siempre dice si está minando, y por qué sí o por qué no. Iniciar y Detener están al lado y surten efecto de inmediato.',
      hashrate:
        'Cuántos hashes prueba este equipo cada segundo. Oscila un poco, así que las medias de un minuto y de un cuarto de hora dicen más.',
      shares:
        'Un share es un hash lo bastante bueno para mostrárselo al pool, que paga por cada uno que acepta. Los shares rechazados y obsoletos no se pagan; unos pocos obsoletos son normales.',
      pool: 'De dónde viene el trabajo y a quién se paga. La dificultad dice lo raro que es un share; el ping dice lo rápido que responde el pool.',
      money:
        'Lo que da y lo que cuesta minar aquí, como estimación. Introduce tus precios para ver si compensa.',
      machine:
        'Lo que hace cada hilo y qué tipo de memoria obtuvo la minería. Diagnóstico muestra cómo ir más rápido.',
    },
  },
  state: {
    label: 'Estado de la minería',
    needsConsent: 'Sin configurar',
    stopped: 'Detenida',
    connecting: 'Conectando',
    preparing: 'Creando el dataset',
    preparingLight: 'Minando en modo ligero',
    mining: 'Minando',
    paused: 'En pausa',
    waiting: 'En espera',
    failed: 'Detenida por un problema',
    unknown: 'Esperando al núcleo de minería',
  },
  control: {
    start: 'Iniciar minería',
    stop: 'Detener minería',
    pause: 'Pausar',
    pause15: '15 minutos',
    pause60: '1 hora',
    pause240: '4 horas',
    pauseOpen: 'Hasta que reanude',
    resume: 'Reanudar',
    cancel: 'Cancelar',
    back: 'Atrás',
    continue: 'Continuar',
    save: 'Guardar',
    copyCommand: 'Copiar comando',
    runCommand: 'Ejecutar comando',
    copied: 'Copiado',
  },
  consent: {
    text: 'Esta aplicación usa tu CPU para minar Monero para la dirección que indiques. Consume electricidad, genera calor y ruido, y puede ralentizar este equipo. Mina solo en equipos tuyos o que tengas permiso para usar. Solo empieza cuando pulsas Iniciar.',
    agree: 'He leído esto y estoy de acuerdo',
    title: 'Antes de empezar',
    changed: 'Este texto ha cambiado desde que lo aceptaste; por eso te lo preguntamos de nuevo.',
    promises: 'En qué puedes confiar',
    promiseFee: 'Sin comisión. Minas para tu propia dirección y para ninguna otra.',
    promiseQuiet:
      'Sin telemetría. La aplicación se conecta al pool o nodo que elijas, y a nada más si no se lo pides.',
    promiseStop: 'Detener actúa al instante, y Salir no deja nada en ejecución.',
  },
  wizard: {
    label: 'Configuración',
    progress: 'Paso {{step}} de {{count}}',
    consent: 'Aceptación',
    wallet: 'Monedero',
    pool: 'Pool',
    power: 'Potencia',
    review: 'Resumen',
  },
  wallet: {
    title: '¿Adónde deben ir tus recompensas?',
    lead: 'Pega la dirección de recepción de tu propio monedero de Monero. La aplicación nunca pide claves ni la frase semilla. Todo lo que las pida es una estafa.',
    address: 'Dirección de Monero',
    placeholder: 'Empieza por 4 u 8',
    checking: 'Comprobando…',
    compare:
      'Compárala con la dirección de tu monedero, sobre todo los primeros y los últimos caracteres. Hay programas maliciosos que cambian las direcciones en el portapapeles.',
    addressLabel: 'Dirección en bloques de ocho caracteres',
    kinds: {
      standard: 'Es una dirección de Monero válida.',
      subaddress:
        'Es una subdirección de Monero válida. La mayoría de los pools la aceptan, pero para minar en solitario hace falta tu dirección principal.',
      integrated: 'Es una dirección integrada válida. Algunos pools no la aceptan.',
    },
    fromLink: 'De este enlace de pago solo se ha tomado la dirección.',
    readPicture: 'Leer un código QR de una imagen',
    none: '¿Aún no tienes monedero?',
    how: 'Instala un monedero desde getmonero.org o en tu teléfono, anota su frase semilla en papel y luego copia la dirección que muestra en «Recibir».',
    getWallet: 'Abrir getmonero.org',
    skip: 'Practicar sin monedero',
  },
  pool: {
    title: '¿De dónde debe venir el trabajo?',
    lead: 'Un pool reparte trabajo y paga por tus shares. Es mejor uno pequeño: Monero está más seguro cuando ningún pool es grande y, a la larga, todos pagan lo mismo, menos su comisión. P2Pool es aún mejor: no tiene operador ni comisión.',
    sizes: 'Ver el tamaño de cada pool',
    choices: 'Origen del trabajo',
    own: 'Otro pool',
    ownHint: 'Cualquier pool de Monero, por su dirección',
    proxy: 'xmrig-proxy',
    proxyHint: 'Tu propio proxy, que conoce tu pool y tu monedero',
    p2pool: 'Mi propio P2Pool',
    p2poolHint:
      'Descentralizado, sin comisión. Requiere monerod y P2Pool, en este equipo o en otro',
    node: 'Mi propio nodo',
    nodeHint:
      'Minería en solitario con tu propio monerod, aquí o en cualquier lugar de tu red. Los bloques son poco frecuentes, pero toda la recompensa es tuya',
    practice: 'Pool de práctica',
    practiceHint: 'Pruébalo todo en este equipo, sin internet y sin ganancias',
    earnsNothing: 'Sin ganancias',
    encrypted: 'Cifrado (TLS)',
    tlsShort: 'TLS',
    plain: 'Sin cifrar',
    needsWallet: 'Requiere una dirección',
    known: 'Pools conocidos',
    recommended: 'Lo mejor para Monero',
    measure: 'Medir latencia',
    measuring: 'Midiendo…',
    measureHint:
      'Se conecta directamente a cada uno de estos pools y se desconecta. Tu dirección no se envía.',
    nearest:
      'El más cercano: {{name}}, {{ms}} ms. La distancia importa poco: cada 100 ms cuestan menos del 0,1\u00a0% de tus shares.',
    noneReached:
      'No se pudo contactar con ninguno de estos pools. Comprueba tu conexión a internet.',
    latencies: {
      refused: 'Rechaza conexiones',
      notFound: 'No encontrado',
      offline: 'Inaccesible',
      silent: 'Sin respuesta',
      certificate: 'Certificado no fiable',
      failed: 'No funciona',
    },
    fee: 'Comisión {{percent}}\u00a0%',
    facts: {
      title: 'Acerca de {{name}}',
      region: 'Servidores',
      ports: 'Puertos',
      fee: 'Comisión',
      payout: 'Pago mínimo',
      onItsPage: 'Figura en su sitio web',
      percent: '{{percent}}\u00a0%',
      amount: '{{amount}} XMR',
      source: 'Fuente',
      sourceOf: '{{source}}, {{date}}. Compruébalo en su sitio web.',
      open: 'Abrir {{page}}',
    },
    regions: {
      global: 'Varias regiones; su nombre lleva a una cercana',
      europe: 'Europa',
      unknown: 'Desconocido',
    },
    sources: {
      pool: 'Las páginas publicadas por el propio pool',
      lists: 'Las páginas publicadas por el propio pool; la comisión, de listas públicas de pools',
      configurations: 'Configuraciones públicas de mineros',
    },
    address: 'Dirección del pool',
    addressHint: 'Por ejemplo, pool.example.org:443',
    nodeAddress: 'Dirección del nodo',
    nodeAddressHint: 'Por ejemplo, 127.0.0.1:18081',
    tls: 'Cifrar la conexión (TLS)',
    p2poolPays:
      'P2Pool paga al monedero con el que se inició: --wallet (una dirección principal), o --subaddress si se indicó. El usuario que envía esta aplicación es solo un nombre.',
    proxyPays:
      'El proxy mina para el monedero de sus propios ajustes. El usuario que envía esta aplicación es solo un nombre.',
    ownFacts:
      'Comisión del {{percent}}\u00a0%, pago mínimo de unos {{amount}} XMR, según el README de P2Pool del {{date}}.',
    noTls:
      'Sin TLS, cualquiera entre tú y el pool puede leer tu dirección y desviar tus shares. Usa el puerto TLS del pool si lo tiene.',
    noTlsNode:
      'Sin TLS, cualquiera entre tú y el nodo puede desviar tus recompensas. Hazlo solo en una red de confianza.',
    noTlsConfirm: 'Conectar sin cifrado',
    test: 'Probar conexión',
    testing: 'Probando…',
    testOk: 'Funciona',
    testFailed: 'No funciona',
    testJob: 'Ha respondido en {{ms}} ms y ha enviado trabajo que esta aplicación puede minar.',
    trusted: 'Confías en su certificado.',
    fingerprint: 'Certificado: {{fingerprint}}',
    remedy: {
      none: 'Conectar sin TLS',
      authority: 'Usar TLS',
      pinned: 'Confiar en este certificado',
    },
  },
  power: {
    title: '¿Con qué potencia debe trabajar?',
    lead: 'Puedes cambiarlo en cualquier momento, incluso mientras se mina.',
    profiles: 'Potencia',
    quiet: 'Silenciosa',
    quietHint: 'Apenas se nota mientras trabajas',
    balanced: 'Equilibrada',
    balancedHint: 'Te deja la mitad del equipo',
    full: 'Máxima',
    fullHint: 'Todos los hilos útiles: más ruido, más calor y un equipo más lento para ti',
    custom: 'A medida',
    customHint: 'Elige el número de hilos',
    threads_one: '{{count}} hilo',
    threads_many: '{{count}} hilos',
    threads_other: '{{count}} hilos',
    ofThreads: '{{threads}} de {{available}}',
    threadCount: 'Hilos',
    cpu: '{{model}} · {{available}} CPU lógicas',
    times: 'Cuándo se ejecuta',
    battery: 'Pausar con batería',
    batteryHint: 'Se reanuda con corriente',
    batteryBelow: 'Con batería, pausar',
    batteryAlways: 'siempre',
    batteryCharge: 'por debajo del {{charge, percent}} de carga',
    idle: 'Minar solo con el equipo inactivo',
    idleHint:
      'Se pausa en cuanto tocas el ratón o el teclado. Con la pantalla bloqueada, el equipo cuenta como inactivo.',
    idleAfter: 'Inactivo tras',
    minutes_one: '{{count}} minuto',
    minutes_many: '{{count}} minutos',
    minutes_other: '{{count}} minutos',
    notAvailable: 'No disponible: este sistema no lo comunica.',
    fullTitle: '¿Usar la potencia máxima?',
    fullText:
      'Minarán todos los hilos útiles, lo que hace que el equipo sea más ruidoso, se caliente más y vaya más lento. Tras 30 segundos, la aplicación vuelve al ajuste actual si no conservas la potencia máxima.',
    fullConfirm: 'Probar al máximo',
    trial: 'La potencia máxima termina en {{seconds}} s si no la conservas.',
    trialWaiting:
      'La potencia máxima empieza al minar y termina tras 30 segundos si no la conservas.',
    keep: 'Seguir al máximo',
    revert: 'Volver ahora',
  },
  tuning: {
    title: 'Optimización',
    hint: 'Prueba durante cerca de un minuto distintos números de hilos, y de hashes en paralelo en cada hilo, y luego usa la combinación más rápida. No se envía ni se gana nada.',
    notWhileMining: 'Detén antes la minería. Distorsionaría la medición.',
    whileMining: 'Optimizar mientras se mina',
    whileMiningHint:
      'Prueba por turnos otros ajustes durante los primeros minutos de minería y conserva el más rápido. Todos los hashes siguen contando. Espera mientras el calor limita los hilos.',
    trying: 'Probando {{threads}}, {{hashes}}.',
    measure: 'Medir',
    measureAgain: 'Medir de nuevo',
    progress: 'Midiendo',
    curve: 'Hashrate según el número de hilos',
    best_one: 'Lo más rápido: {{count}} hilo, {{hashes}}, {{rate}}.',
    best_many: 'Lo más rápido: {{count}} hilos, {{hashes}}, {{rate}}.',
    best_other: 'Lo más rápido: {{count}} hilos, {{hashes}}, {{rate}}.',
    sideBySide_one: 'un hash a la vez',
    sideBySide_many: '{{count}} hashes en paralelo',
    sideBySide_other: '{{count}} hashes en paralelo',
    measuredAt: 'Medido el {{date}} en modo {{mode}}.',
    fast: 'rápido',
    light: 'ligero',
  },
  review: {
    title: 'Listo. Aún no se ejecuta nada',
    lead: 'La minería solo empieza cuando pulses Iniciar en la pantalla siguiente.',
    walletNone: 'Ninguno (solo práctica)',
    power: '{{profile}}, {{threads}}',
    rules: 'Reglas',
    noRules: 'Ninguna',
    finish: 'Finalizar',
    edit: 'Cambiar',
  },
  dashboard: {
    hashrate: 'Hashrate',
    over10s: '10 s',
    over60s: '60 s',
    over15m: '15 min',
    chart: 'Hashrate de los últimos 15 minutos, como máximo',
    chartEmpty: 'El gráfico empieza con los primeros hashes.',
    showTable: 'Mostrar como tabla',
    minute: 'Minuto',
    average: 'Media',
    shares: 'Shares',
    accepted: 'Aceptados',
    rejected: 'Rechazados',
    stale: 'Obsoletos',
    sharesIdle:
      'Un share es una pequeña prueba de trabajo que el pool paga. Tus shares aparecen aquí en cuanto minas.',
    firstShare: 'Primer share previsto en {{time}}, aproximadamente.',
    nextShare: 'Más o menos un share cada {{time}} con esta dificultad.',
    noShare: {
      normal: 'Estar {{time}} sin shares es normal con esta dificultad (probabilidad: {{chance}}).',
      unlucky: 'Estar {{time}} sin shares es mala suerte, pero ocurre (probabilidad: {{chance}}).',
      unusual:
        'Estar {{time}} sin shares no es habitual (probabilidad: {{chance}}). Mira en Diagnóstico y Registro si hay un problema con el pool o con este equipo.',
    },
    luck: 'Hallados: {{found}}; esperados según los hashes hasta ahora: {{expected}}.',
    connection: 'Pool',
    host: 'Servidor',
    paidTo: 'Se paga a',
    paidToKnown: 'La dirección configurada allí',
    local: 'en este equipo',
    byTor: 'cifrado por Tor',
    connectedFor: 'Conectado hace',
    ms: '{{ms}} ms',
    noPool: 'No se conecta a nada hasta que pulses Iniciar.',
    willConnect: 'Iniciar conecta con',
    algorithm: 'Algoritmo',
    difficulty: 'Dificultad',
    height: 'Altura',
    ping: 'Ping',
    uptime: 'Tiempo activo',
    temperature: 'Temperatura CPU',
    power: 'Consumo CPU',
    watts: '{{watts}}\u00a0W',
    efficiency: 'Eficiencia',
    joulesPerMegahash: '{{joules}}\u00a0J/MH',
    link: {
      offline: 'Sin conexión',
      connecting: 'Conectando',
      loggedIn: 'Conectado',
      waiting: 'Esperando para reconectar',
    },
    retryIn: 'Próximo intento en {{seconds}} s',
    threads: 'Hilos',
    threadsOf: '{{count}} de {{available}} CPU lógicas',
    cpu: 'CPU {{cpu}}',
    threadsIdle: 'Cada hilo que mina muestra aquí su propio hashrate.',
    engine: 'Memoria',
    datasetHint: 'Unos 2 GiB; se crea una vez y se conserva mientras se mina.',
    mode: 'Modo',
    modes: {
      light: 'Ligero (256 MiB, lento)',
      fast: 'Rápido (2 GiB)',
    },
    region: {
      dataset: 'Dataset',
      cache: 'Caché',
      scratchpads: 'Scratchpads',
    },
    page: {
      '1g': 'Páginas de 1 GiB',
      '2m': 'Páginas de 2 MiB',
      thp: 'Huge pages transparentes',
      '4k': 'Páginas de 4 KiB',
      none: 'Sin asignar',
    },
    pagesGood: 'Se usan huge pages. La memoria va lo más rápido posible.',
    pagesPartly:
      'Las huge pages transparentes ayudan. Las huge pages de 2 MiB reservadas suelen ser aún más rápidas.',
    pagesSmall:
      'Las páginas pequeñas ralentizan la minería. Diagnóstico muestra el comando exacto que activa las huge pages.',
    engineIdle: 'No se usa memoria mientras no se mina.',
    openHealth: 'Abrir Diagnóstico',
    openPools: 'Abrir Pools',
    openLogs: 'Abrir Registro',
  },
  money: {
    title: 'Ganancias y coste',
    edit: 'Editar datos',
    practice:
      'La práctica no da ganancias. Esto es lo que el mismo hashrate daría en la red de Monero.',
    empty:
      'Mira aquí lo que da y lo que cuesta minar, como estimación y con todo lo que la compone. No se consulta nada en internet a menos que lo permitas.',
    brings: 'Ingreso diario',
    worth: 'Valor',
    costs: 'Coste diario',
    net: 'Neto diario',
    energy: 'Energía por megahash',
    xmr: '{{xmr}}\u00a0XMR',
    joules: '{{joules}}\u00a0J',
    costsMore: 'Minar cuesta más de lo que da',
    costsMoreText:
      'A este ritmo, unos {{lost}} al día de media. Una potencia más baja suele dar más por vatio.',
    mostDays: 'Cuatro de cada cinco días dan entre {{low}} y {{high}}',
    mostDaysNothing: 'Nueve de cada diez días o más no dan nada',
    mostDaysNet: 'Descontada la electricidad, son entre {{low}} y {{high}}.',
    nothing: 'La probabilidad de no obtener nada en 24 horas es del {{chance}}.',
    unit: {
      block:
        'Encuentras un bloque cada {{time}} de media, y es todo tuyo: {{xmr}} XMR. El intervalo refleja la suerte de encontrarlo.',
      share:
        'Encuentras un share cada {{time}} de media, que vale {{xmr}} XMR. El intervalo refleja la suerte de tus propios shares; a eso se añaden la suerte del pool y su comisión.',
      p2poolShare:
        'De media, cada {{time}} encuentras un share de P2Pool que se paga y vale {{xmr}} XMR. El intervalo refleja la suerte de encontrarlo.',
    },
    noPromise:
      'A este ritmo, de media, para 24 horas de minería. Es una estimación, no una promesa: la dificultad y el precio cambian sin parar.',
    needed: 'Falta por saber:',
    need: {
      rate: 'tu hashrate, que se conoce tras un minuto de minería',
      network:
        'la dificultad y la recompensa de la red, que comunican tu propio nodo, P2Pool y algunos pools; si no, escríbelas',
      price: 'el precio de Monero',
      watts: 'los vatios que consume la minería',
      tariff: 'el precio de la electricidad',
    },
    madeOf: 'De qué se compone',
    input: {
      rate: 'Hashrate',
      difficulty: 'Dificultad de la red',
      reward: 'Recompensa del bloque',
      price: 'Precio de 1 XMR',
      watts: 'Consumo',
      tariff: 'Precio de 1 kWh',
    },
    source: {
      rate: 'medido aquí, {{time}}',
      node: 'de tu nodo, {{time}}',
      p2pool: 'de P2Pool, {{time}}',
      pool: 'del pool, {{time}}',
      typed: 'escrito a mano, {{time}}',
      tariffMean: 'media de las horas minadas, escrito a mano, {{time}}',
      measured: 'solo los procesadores, medido, {{time}}',
    },
    p2poolFault: {
      notFound:
        'Los datos de P2Pool no están en la carpeta que indicaste. Debería contener network/stats y pool/stats.',
      old: 'Los datos de P2Pool en la carpeta que indicaste tienen más de diez minutos. ¿Está P2Pool en ejecución?',
    },
    dialogText:
      'Todo se queda en este equipo, y cada dato conserva la fecha en que lo escribiste. Deja vacío lo que no sepas.',
    priceLabel: 'Precio de 1 XMR',
    priceHint: 'El precio de hoy, de una fuente en la que confíes.',
    currencyLabel: 'Moneda',
    currencyHint: 'Tres letras: EUR, USD.',
    tariffLabel: 'Precio de 1 kWh',
    tariffHint: 'En la misma moneda, según tu factura de electricidad.',
    windowsLabel: 'Otros precios a ciertas horas',
    windowsHint:
      'Todos los días según el reloj de este equipo, como 22-6: 0,18; 12-14: 0,25. Las demás horas tienen el precio de arriba. Con esto, Horario puede limitarse a las horas más baratas.',
    readTariff: 'Leer los precios de un archivo CSV',
    readTariffHint:
      'De tu compañía eléctrica: en cada línea, una hora y su precio de 1 kWh, como 07:00;0,25, para las 24 horas de un día.',
    notWindows: 'Escribe horas y precios como 22-6: 0,18, con punto y coma entre varios.',
    wattsLabel: 'Vatios que consume la minería',
    wattsHint:
      'Lo que marca un medidor de enchufe al minar, menos lo que marca en reposo. Este equipo no lo comunica.',
    wattsMeasured:
      'Déjalo vacío para usar {{watts}} W, que es lo que los procesadores dicen consumir; la placa, la memoria y la fuente suelen añadir de un 10 a un 20\u00a0%. Lo mejor es un medidor de enchufe: lo que marca al minar, menos lo que marca en reposo.',
    wattsLimit:
      'Lo que marca un medidor de enchufe al minar, menos lo que marca en reposo. Los procesadores están configurados para no pasar por sí solos de {{watts}} W.',
    difficultyLabel: 'Dificultad de la red',
    difficultyHint:
      'Por ejemplo, 600 G. La muestran los exploradores de bloques. No hace falta con tu propio nodo o P2Pool.',
    rewardLabel: 'Recompensa del bloque en XMR',
    rewardHint: '0,6 y las comisiones del bloque.',
    folderLabel: 'Datos de P2Pool',
    folderHint:
      'La carpeta que se dio a P2Pool en --data-api, si se ejecuta en este equipo. Con --local-api, también se compara lo que envías con lo que cuenta P2Pool.',
    notNumber: 'Escribe un número, como 0,30.',
    notAboveZero: 'Escribe un número mayor que 0, como 0,30.',
    notCurrency: 'Escribe las tres letras de una moneda, como EUR.',
  },
  account: {
    switch: 'Preguntar a {{pool}} por tu saldo',
    hint: 'Envía la dirección de tu monedero a {{host}}, cada cinco minutos mientras minas o miras aquí. Es una segunda conexión, cifrada, además de la de minería.',
    hintProxy:
      'Envía la dirección de tu monedero a {{host}}, cada cinco minutos mientras minas o miras aquí. Es una segunda conexión, cifrada, además de la de minería, mediante tu proxy {{proxy}}.',
    title: 'Lo que dice {{pool}}',
    asking: 'Preguntando a {{host}}…',
    due: 'Saldo',
    paid: 'Pagado hasta ahora',
    payout: 'Pago mínimo',
    rate: 'Tu hashrate allí',
    said: 'Estado: {{time}}, para todos los equipos que minan para tu dirección.',
    credit: {
      tooShort:
        'Enviado y abonado: demasiado pronto para saberlo. Hacen falta una hora y unos 50 shares aceptados.',
      within:
        'De lo que enviaste en {{time}}, {{pool}} abonó el {{percent}}: dentro de lo que permite el azar.',
      less: 'De lo que enviaste en {{time}}, {{pool}} abonó el {{percent}}: menos de lo que permite el azar. Pregunta al pool por qué.',
      lessOwn:
        'De lo que enviaste en {{time}}, {{pool}} contó el {{percent}}: menos de lo que permite el azar. Quizá su registro diga por qué.',
      more: 'De lo que enviaste en {{time}}, {{pool}} abonó el {{percent}}: más de lo que envió esta aplicación. ¿Hay otros equipos que minan para tu dirección?',
      how: 'Cómo se compara',
      title: 'Enviado y abonado',
      span: 'Entre dos respuestas del pool',
      shares: 'Shares aceptados',
      sent: 'Enviado, en hashes',
      credited: 'Abonado, en hashes',
      chance: 'El azar permite',
      range: 'de {{low}} a {{high}}',
      explanation:
        'Cada share cuenta tantos hashes como su dificultad. Los shares llegan al azar y el pool los suma cuando le corresponde, así que las dos sumas nunca son del todo iguales: 99 de cada 100 veces, el azar por sí solo mantiene lo abonado dentro de este margen. El pool también cuenta lo que otros equipos minan para tu dirección.',
    },
  },
  history: {
    span: 'Periodo mostrado',
    spans: {
      quarterHour: '15 min',
      day: '24 h',
      month: '30 días',
      year: '1 año',
    },
    kind: 'Qué se muestra',
    kinds: {
      mining: 'Minería',
      practice: 'Práctica',
    },
    loading: 'Leyendo el historial…',
    failedTitle: 'No se pudo leer el historial',
    emptyTitle: {
      mining: 'Aún no hay historial',
      practice: 'Aún no hay práctica',
    },
    empty: {
      mining:
        'Cada minuto de minería se guarda aquí, solo en este equipo. Empieza cuando pulsas Iniciar.',
      practice:
        'La práctica se guarda aparte de la minería y nunca se cuenta con ella. Practica en el pool de práctica y aparecerá aquí.',
    },
    average: 'Media',
    mined: 'Tiempo minado',
    hashes: 'Hashes',
    hashrate: 'Hashrate',
    chart: {
      quarterHour: 'Hashrate de los últimos 15 minutos',
      day: 'Hashrate de las últimas 24 horas',
      month: 'Hashrate de los últimos 30 días',
      year: 'Hashrate del último año',
    },
    nothing: {
      quarterHour: 'No se ha minado nada en los últimos 15 minutos.',
      day: 'No se ha minado nada en las últimas 24 horas.',
      month: 'No se ha minado nada en los últimos 30 días.',
      year: 'No se ha minado nada en el último año.',
    },
    hint: 'Apunta al gráfico o usa las teclas de flecha para leerlo.',
    point: '{{period}}: {{rate}}, minado durante {{mined}}',
    pointIdle: '{{period}}: no se minó',
    pointShares_one: '{{count}} share',
    pointShares_many: '{{count}} shares',
    pointShares_other: '{{count}} shares',
    pointPaused: 'en pausa {{time}} ({{reasons}})',
    pointWaited: '{{time}} esperando trabajo',
    legendPaused: 'En pausa',
    legendWaiting: 'Esperando trabajo',
    legendGap: 'Un hueco: no se minaba',
    time: 'Periodo',
    shares: 'Shares',
    paused: 'En pausa',
    expected: 'Esperados',
    found: 'Hallados',
    luck: 'Suerte',
    luckText:
      'Los shares encontrados, comparados con los que tus hashes encuentran de media. Es azar y se iguala con el tiempo: por encima del 100\u00a0% es buena suerte; por debajo, mala.',
    effort: 'Esfuerzo actual',
    effortText:
      'El trabajo desde tu último share, comparado con el que requiere un share de media. Uno de cada veinte shares requiere más del 300\u00a0%.',
    lost: 'Perdido',
    lostText:
      'De los shares, el {{shares}} se rechazó o estaba obsoleto. Durante el {{time}} del tiempo no hubo trabajo: al conectar o al esperar a un pool.',
    best: 'Mejor share',
    bestText:
      'La dificultad más alta que ha alcanzado uno de tus shares. Un pool no paga nada extra por él; en solitario, muestra lo cerca que has estado de un bloque.',
    spent: 'En qué se fue el tiempo',
    states: {
      mining: 'Minería',
      preparing: 'Creando el dataset',
      paused: 'En pausa',
      waiting: 'Esperando trabajo',
    },
    pausedReasons: 'Puede haber varios motivos a la vez.',
    sessions: 'Sesiones',
    sessionsOf: 'Las {{shown}} más recientes de {{count}}',
    sessionsAll_one: 'Mostrar las {{count}}',
    sessionsAll_many: 'Mostrar las {{count}}',
    sessionsAll_other: 'Mostrar las {{count}}',
    started: 'Inicio',
    more: '{{place}} y {{count}} más',
    failedShares: 'Rechazados u obsoletos',
    allTime: 'Desde siempre',
    since: 'Desde el {{date}}',
    kept: 'Se guarda en {{folder}}, solo en este equipo: {{size}}.',
    exportCsv: 'Exportar como CSV',
    exportJson: 'Exportar como JSON',
    exported: 'Guardado como {{file}}.',
    delete: 'Eliminar historial',
    deleteTitle: '¿Eliminar todo el historial?',
    deleteText:
      'Se eliminan todos los minutos, sesiones y totales, de la minería y de la práctica, y no se puede deshacer. Tus monedas están a salvo: están en tu monedero, no en esta aplicación.',
  },
  shares: {
    newest: 'Últimos shares',
    emptyTitle: 'Aún no hay shares',
    emptyIdle:
      'Empieza a minar y cada share que encuentres aparecerá aquí con la respuesta del pool.',
    emptyExpected: 'Primer share previsto en {{time}}, aproximadamente.',
    emptyMining: 'El primer share aparece aquí en cuanto se encuentra.',
    time: 'Encontrado',
    outcome: 'Resultado',
    difficulty: 'Dificultad',
    roundTrip: 'Respuesta',
    nonce: 'Nonce',
    outcomes: {
      pending: 'Pendiente',
      accepted: 'Aceptado',
      rejected: 'Rechazado',
      stale: 'Obsoleto',
    },
  },
  pools: {
    lead: 'Primero se usa el pool principal. Si no se puede contactar con él, los de respaldo lo relevan en este orden.',
    list: 'Pools',
    templates: {
      known: 'Pool conocido',
      stratum: 'Otro pool',
      p2pool: 'P2Pool',
      'xmrig-proxy': 'xmrig-proxy',
      daemon: 'Mi propio nodo',
    },
    node: 'Nodo propio',
    practising:
      'Estás practicando, así que estos pools no se usan. La minería real lleva sus propias cuentas.',
    endPractice: 'Minar de verdad',
    practise: 'Practicar',
    practiseHint: 'La práctica se hace en este equipo, no necesita internet y no da ganancias.',
    emptyTitle: 'Aún no hay pools',
    empty: 'Añade un pool o tu propio nodo.',
    add: 'Añadir pool',
    primary: 'Principal',
    backup: 'Respaldo {{number}}',
    standing: {
      inUse: 'En uso',
      inUseInstead: 'Los pools anteriores no dan trabajo.',
      connecting: 'Conectando…',
      proving: 'Vuelve a dar trabajo. Tomará el relevo cuando lleve al menos un minuto haciéndolo.',
      resting: 'No hace falta: un pool anterior da trabajo.',
      down: '{{why}} La aplicación lo vuelve a intentar por sí sola.',
      failed: '{{why}} No se vuelve a intentar hasta que pulses Iniciar otra vez.',
    },
    up: 'Subir {{name}}',
    down: 'Bajar {{name}}',
    edit: 'Editar {{name}}',
    remove: 'Quitar {{name}}',
    removeTitle: '¿Quitar {{name}}?',
    removeText: 'La aplicación olvida su dirección y sus ajustes.',
    removeConfirm: 'Quitar',
    addTitle: 'Añadir un pool',
    editTitle: 'Editar pool',
    name: 'Nombre (opcional)',
    password: 'Contraseña',
    passwordHint: 'La mayoría de los pools aceptan «x».',
    rigId: 'Nombre del rig (opcional)',
    login: 'Usuario en lugar de la dirección del monedero (opcional)',
    loginHint: 'Para P2Pool y proxies. Se envía tal como lo escribas.',
    fingerprint: 'Certificado de confianza (opcional)',
    fingerprintHint:
      'SHA-256, 64 dígitos hexadecimales. Solo hace falta con un certificado autofirmado.',
    fingerprintWrong: 'Una huella SHA-256 tiene 64 dígitos, del 0 al 9 y de la a a la f.',
    rpcUser: 'Usuario de RPC (opcional)',
    rpcUserHint: 'Si monerod se ejecuta con --rpc-login',
    rpcPassword: 'Contraseña de RPC',
    zmqPort: 'Puerto de ZMQ (opcional)',
    zmqPortHint: 'El puerto de --zmq-pub de monerod, para saber al instante de los bloques nuevos',
    proxy: 'Proxy SOCKS5 (opcional)',
    proxyHint: 'Tor en este equipo: 127.0.0.1:9050, Tor Browser: 127.0.0.1:9150',
    proxyWrong: 'Escribe el proxy como host:puerto, por ejemplo 127.0.0.1:9050.',
    tor: 'Tor',
    torBrowser: 'Tor Browser',
    through: 'Mediante {{proxy}}',
    onionAlone:
      'A una dirección onion solo se llega mediante Tor. Indica su proxy en «Más opciones».',
    zmqPortWrong: 'Un puerto es un número del 1 al 65535.',
    more: 'Más opciones',
    full: 'El límite son dieciséis pools. Quita uno para añadir otro.',
  },
  settings: {
    sectionsLabel: 'Secciones de Ajustes',
    sections: {
      wallet: 'Monedero',
      power: 'Potencia',
      rules: 'Reglas',
      tuning: 'Memoria y optimización',
      appearance: 'Apariencia',
      notifications: 'Notificaciones',
      opening: 'Apertura y cierre',
      connections: 'Conexiones',
      reset: 'Restablecer',
    },
    search: 'Buscar ajustes',
    searchClear: 'Borrar búsqueda',
    searchNone: 'Ningún ajuste coincide con «{{text}}».',
    searchNoneHint: 'Prueba otra palabra o revisa las secciones.',
    wallet: 'Monedero',
    walletHint: 'Los pools pagan a esta dirección, y tu propio nodo mina para ella.',
    walletNone:
      'Aún no hay dirección, así que solo puedes practicar o minar con un usuario propio.',
    walletChange: 'Cambiar dirección',
    walletAdd: 'Añadir dirección',
    walletNew: 'Nueva dirección del monedero',
    walletConfirmTitle: '¿Minar para otra dirección?',
    walletOld: 'Actual',
    walletNext: 'Nueva',
    walletConfirm: 'Usar la dirección nueva',
    power: 'Potencia',
    mode: 'Memoria',
    modeAuto: 'Automático',
    modeAutoHint: 'Rápido si hay unos 3 GiB libres',
    modeFast: 'Rápido',
    modeFastHint: 'Necesita al menos 2,3 GiB',
    modeLight: 'Ligero',
    modeLightHint: '256 MiB, varias veces más lento',
    schedule: 'Horario',
    scheduleOn: 'Minar solo a ciertas horas',
    scheduleOnHint:
      'Según el reloj de este equipo. Fuera de estas horas la minería espera, y se reanuda sola.',
    schedulePresets: 'Horarios predefinidos',
    schedulePreset: {
      nights: 'Noches',
      weekends: 'Fines de semana',
      nightsAndWeekends: 'Noches y fines de semana',
      always: 'Siempre',
    },
    scheduleGrid: 'Horas de la semana',
    scheduleHow:
      'Haz clic en una hora o arrastra por varias. Con el teclado, las flechas mueven, Espacio activa o desactiva una hora y Mayús con las flechas pinta.',
    scheduleHours_one: 'Mina {{count}} hora a la semana.',
    scheduleHours_many: 'Mina {{count}} horas a la semana.',
    scheduleHours_other: 'Mina {{count}} horas a la semana.',
    scheduleNever: 'No hay ninguna hora elegida, así que no se mina nada.',
    scheduleCell: '{{day}}, de {{from}} a {{to}}',
    cheapest: 'Minar solo en las horas más baratas',
    cheapestHint:
      'De las horas de cada día, aquellas en que la electricidad cuesta menos, según los precios escritos en «Ganancias y coste».',
    cheapestNoTariff:
      'Escribe antes en «Ganancias y coste» lo que te cuesta la electricidad a cada hora.',
    cheapestHours: 'Horas al día',
    fullScreen: 'Pausar con un programa a pantalla completa',
    fullScreenHint:
      'Juegos, películas y presentaciones. Se reanuda al salir de la pantalla completa.',
    fullScreenUnavailable:
      'No disponible: este sistema no lo comunica. Puedes añadir los programas a la lista de abajo.',
    metered: 'Pausar con conexión de uso medido',
    meteredHint: 'Una que se paga por volumen de datos, como la que comparte un teléfono.',
    heat: 'Mantener fresca la CPU',
    heatHint:
      'Por encima de esta temperatura la aplicación mina con menos hilos, y 10\u00a0°C más arriba se pausa.',
    heatBelow: 'No pasar de',
    watts: 'Limitar el consumo de la CPU',
    wattsHint:
      'Mientras los procesadores consuman más que esto, incluidos otros programas, la aplicación mina con menos hilos.',
    wattsBelow: 'No pasar de',
    celsius: '{{degrees}}\u00a0°C',
    programs: 'Pausar mientras se ejecuten estos programas',
    programsHint: 'Juegos, videollamadas, todo lo que deba tener el equipo para sí solo.',
    programsNone: 'No hay programas en la lista.',
    programsName: 'Nombre del programa',
    programsAdd: 'Añadir',
    programsAdded: 'Programas que pausan la minería',
    programsRemove: 'Quitar {{name}}',
    rules: 'Reglas',
    opening: 'Al abrir la aplicación',
    startAtLaunch: 'Iniciar la minería al abrir la aplicación',
    startAtLaunchHint:
      'Desactivado de forma predeterminada. Nunca tras un fallo, ni si habías pulsado Detener.',
    openAtLogin: 'Abrir la aplicación al iniciar sesión',
    openAtLoginHint: 'Abre la ventana o el icono de la bandeja. No inicia la minería.',
    appearance: 'Apariencia',
    theme: 'Tema',
    language: 'Idioma',
    system: 'Sistema',
    light: 'Claro',
    dark: 'Oscuro',
    notifications: 'Notificaciones',
    rulePauses: 'Pausada o reanudada por una regla',
    poolDown: 'Pool inaccesible durante dos minutos, y de vuelta',
    noShares: 'Sin shares durante mucho más tiempo del esperado',
    rejects: 'Más del 5\u00a0% de los shares rechazados',
    failures: 'La minería terminó por un problema',
    window: 'Al cerrar la ventana',
    closeAsk: 'Preguntar cada vez',
    closeBackground: 'Seguir en segundo plano',
    closeQuit: 'Salir y detener la minería',
    noTray: 'Este escritorio no tiene bandeja del sistema, así que la ventana nunca se oculta.',
    api: 'API de monitorización',
    apiOn: 'Ofrecer una API HTTP de solo lectura en este equipo',
    apiHint:
      'Los paneles de este equipo pueden leer tu hashrate y tus shares. No pueden cambiar nada, y ningún otro equipo puede conectarse.',
    apiPort: 'Puerto',
    apiPortWrong: 'Elige un número del 1024 al 65535.',
    apiAddress: 'Dirección:',
    apiToken: 'Token, enviado como «Authorization: Bearer …»:',
    apiCopy: 'Copiar token',
    updates: 'Versiones nuevas',
    updatesLook: 'Buscar versiones nuevas',
    updatesHint:
      'Pide a {{host}} una lista firmada una vez al día, y no envía nada sobre ti ni sobre este equipo. No se descarga ni instala nada hasta que lo digas.',
    updatesNow: 'Buscar ahora',
    updatesNewest: 'Esta es la versión más reciente. Última búsqueda: {{date}}.',
    updatesApt: 'La versión {{version}} está disponible, con firma auténtica. Para instalarla:',
    updatesCommand: 'sudo apt update && sudo apt install --only-upgrade ibctminer',
    updatesPage: 'La versión {{version}} está disponible, con firma auténtica.',
    updatesOpen: 'Abrir la página de descargas',
    updatesDownload: 'Descargar ({{size}})',
    updatesAgain: 'Reintentar',
    updatesRunning: 'Descargando la versión {{version}}: {{done}} de {{size}}.',
    updatesStop: 'Detener',
    updatesReplace:
      'La versión {{version}} ya está aquí, completa y auténtica. Sustituye a esta: la minería se detiene y la aplicación se reinicia.',
    updatesReplaceNow: 'Instalar y reiniciar',
    updatesInstaller:
      'La versión {{version}} ya está aquí, completa y auténtica. El sistema abre su instalador: la minería se detiene y la aplicación se cierra.',
    updatesInstallerNow: 'Salir y abrir el instalador',
    updatesStale_one:
      'La lista se firmó hace {{count}} día. Ya debería haber llegado una nueva: puede que alguien te esté ocultando una versión más reciente. Mira en la página de descargas.',
    updatesStale_many:
      'La lista se firmó hace {{count}} días. Ya debería haber llegado una nueva: puede que alguien te esté ocultando una versión más reciente. Mira en la página de descargas.',
    updatesStale_other:
      'La lista se firmó hace {{count}} días. Ya debería haber llegado una nueva: puede que alguien te esté ocultando una versión más reciente. Mira en la página de descargas.',
    reset: 'Restablecer',
    resetHint:
      'Borra la dirección del monedero, los pools y todos los ajustes. La minería se detiene.',
    resetButton: 'Restablecer todo',
    resetTitle: '¿Restablecer todo?',
    resetText:
      'Borra la dirección del monedero, los pools y todos los ajustes, y detiene la minería. Tus monedas están a salvo: están en tu monedero, no en esta aplicación.',
  },
  logs: {
    lead: 'Las direcciones de monedero se eliminan de cada línea.',
    kept: 'Se guarda en {{folder}}, 6 MB como máximo; las líneas más antiguas se borran primero.',
    openFolder: 'Abrir carpeta',
    export: 'Exportar todo',
    filter: 'Nivel',
    all: 'Todo',
    warn: 'Avisos y errores',
    error: 'Errores',
    search: 'Buscar en registro',
    copy: 'Copiar registro',
    emptyTitle: 'Aún no hay nada registrado',
    empty: 'Lo que hace la aplicación aparece aquí a medida que ocurre.',
    noMatch: 'Ninguna línea coincide.',
    levels: {
      info: 'Info',
      warn: 'Aviso',
      error: 'Error',
    },
    entries: 'Líneas del registro',
    messages: 'Mensajes',
    messagesLead:
      'Los últimos mensajes entre esta aplicación y el pool, sin direcciones, contraseñas ni identificadores de sesión.',
    searchMessages: 'Buscar mensajes',
    copyMessages: 'Copiar mensajes',
    noMessages: 'Aún no hay mensajes. Aparecen cuando la aplicación se conecta a un pool.',
    sent: 'Enviado',
    received: 'Recibido',
  },
  health: {
    lead: 'Lo que este equipo ofrece para minar, y cómo arreglar lo que falte.',
    run: 'Comprobar otra vez',
    running: 'Comprobando…',
    copy: 'Copiar informe',
    copyHint: 'El informe no contiene tu dirección.',
    failedTitle: 'No se pudo hacer la comprobación',
    statuses: {
      ok: 'Bien',
      warn: 'Requiere atención',
      unknown: 'Desconocido',
    },
    allGood: 'Todo está bien.',
    toLookAt_one: '{{count}} cosa requiere atención.',
    toLookAt_many: '{{count}} cosas requieren atención.',
    toLookAt_other: '{{count}} cosas requieren atención.',
    fix: 'Qué hacer',
    commands: {
      now: 'Ahora, hasta el próximo reinicio',
      atBoot: 'En cada arranque del equipo',
      lasting: 'Ahora y en adelante',
      undo: 'Para deshacerlo',
    },
    runHint:
      '«Ejecutar comando» pide al sistema que ejecute exactamente este comando. El sistema pide la contraseña de un administrador, que esta aplicación nunca ve.',
    runPrompt: 'Responde a la solicitud del sistema.',
    runEnds: {
      ran: 'El comando se ha ejecutado y todo se ha comprobado otra vez.',
      dismissed: 'Cerraste la solicitud del sistema. El comando no se ejecutó.',
      notAllowed: 'El sistema no lo permitió. El comando no se ejecutó.',
    },
    results: 'Resultados',
    selfTest: 'Motor',
    selfTestRun: 'Probar el motor',
    selfTesting: 'Probando…',
    selfTestHint:
      'Calcula hashes cuyos resultados están publicados con RandomX, con código generado y sin él. El motor hace lo mismo por sí solo antes de su primer share.',
    selfTestRight: 'Los {{hashes}} hashes son correctos ({{seconds}} s).',
    selfTestWrong:
      'Hashes incorrectos: {{ways}}. Quita cualquier overclock y comprueba la temperatura. Si persiste, notifícalo junto con el modelo de tu CPU.',
    pagesGain: 'Lo que dan aquí las huge pages',
    pagesGainRun: 'Medir la ganancia',
    pagesGainMeasuring: 'Midiendo…',
    pagesGainHint:
      'Calcula hashes por turnos con huge pages y sin ellas, con los mismos hilos, durante cerca de medio minuto. No se envía ni se gana nada. Mientras tanto ocupa 5 GiB de memoria.',
    pagesGainFaster:
      'En este equipo, la minería es un {{gain, percent}} más rápida con huge pages: {{huge}} con ellas, {{small}} sin ellas.',
    pagesGainAlike:
      'En este equipo, las huge pages no cambian nada: {{huge}} con ellas, {{small}} sin ellas.',
    pagesGainOf_one: '{{pages, pages}}, medido con {{count}} hilo.',
    pagesGainOf_many: '{{pages, pages}}, medido con {{count}} hilos.',
    pagesGainOf_other: '{{pages, pages}}, medido con {{count}} hilos.',
    pagesGainNone:
      'El sistema no da huge pages ahora, así que no hay nada que comparar. Lo que las activa está en «Huge pages».',
    fork: 'El próximo fork de Monero',
    forkRun: 'Ensayar el fork',
    forkRunning: 'Ensayando…',
    forkHint:
      'El próximo fork de Monero trae RandomX v2 (rx/2). El ensayo mina en el pool de práctica de esta aplicación, que hace el fork a mitad de camino. Dura cerca de un minuto y, en modo rápido, requiere 3 GiB de memoria. Nada sale de este equipo y no se gana nada.',
    forkReady: 'Esta aplicación y este equipo están listos para el próximo fork de Monero.',
    forkNotReady:
      'Esta aplicación o este equipo no están listos para el próximo fork de Monero. Busca una actualización y vuelve a ensayarlo.',
    forkUnproven:
      'Nada salió mal, pero este equipo no encontró ningún share en el minuto posterior al fork. Vuelve a ensayarlo, con más hilos si puedes.',
    forkShares:
      'Shares aceptados: {{before}} antes del fork, {{after}} después. Rechazados: {{refused}}.',
    forkKept: 'No hubo que volver a crear nada, y la minería se detuvo {{seconds}} s como máximo.',
    forkRebuilt:
      'Hubo que volver a crear el dataset o la caché, y la minería se detuvo {{seconds}} s.',
    forkRates: 'Hashrate: {{before}} antes (rx/0), {{after}} después (rx/2).',
    forkAt: 'Ensayado el {{date}} en modo {{mode}}.',
    checks: {
      memory: 'Memoria',
      hugePages: 'Huge pages',
      transparentPages: 'Huge pages transparentes',
      aes: 'Instrucciones AES',
      jit: 'Código generado',
      dns: 'Nombre del pool',
      tls: 'Cifrado',
      clock: 'Reloj',
      virtualMachine: 'Máquina virtual',
      numa: 'Distribución de la memoria (NUMA)',
      temperature: 'Temperatura',
      energy: 'Consumo eléctrico',
      antivirus: 'Antivirus',
      battery: 'Detección de la batería',
      idle: 'Detección de inactividad',
      tray: 'Icono de la bandeja',
    },
    remarks: {
      memoryLightChosen: 'En Ajustes está elegido el modo ligero. Necesita 256 MiB.',
      memoryFast: 'El modo rápido tiene los 2,3 GiB que necesita.',
      memoryUnknown: 'Este equipo no comunica cuánta memoria hay libre.',
      memoryFree: 'Hay {{bytes, gibibytes}} libres. El modo rápido necesita unos 3 GiB.',
      memoryShort:
        'Hay {{bytes, gibibytes}} libres. El modo rápido necesita unos 3 GiB, así que este equipo minaría en modo ligero, que es varias veces más lento.',
      memoryShortNow:
        'Hay {{bytes, gibibytes}} libres. El modo rápido necesita unos 3 GiB, así que este equipo está minando en modo ligero, que es varias veces más lento.',
      memoryFix: 'Cierra otros programas y luego detén la minería y vuelve a iniciarla.',
      pagesGood: 'Se usan huge pages.',
      pagesFree_one: 'Hay {{count, integer}} huge page de 2 MiB libre.',
      pagesFree_many: 'Hay {{count, integer}} huge pages de 2 MiB libres.',
      pagesFree_other: 'Hay {{count, integer}} huge pages de 2 MiB libres.',
      pagesShort_one:
        'Un hilo necesita {{needed, integer}} huge pages de 2 MiB; libres: {{free, integer}}.',
      pagesShort_many:
        '{{count}} hilos necesitan {{needed, integer}} huge pages de 2 MiB; libres: {{free, integer}}.',
      pagesShort_other:
        '{{count}} hilos necesitan {{needed, integer}} huge pages de 2 MiB; libres: {{free, integer}}.',
      pagesTransparent: 'En su lugar se usan huge pages transparentes, que rinden casi lo mismo.',
      pagesUnknown: 'Este equipo no comunica sus huge pages.',
      pagesInUse:
        'Dataset: {{dataset, pages}}. Caché: {{cache, pages}}. Scratchpads: {{scratchpads, pages}}.',
      pagesFix:
        'Resérvalas y luego detén la minería y vuelve a iniciarla. Así cada acceso a la memoria requiere menos pasos, lo que suele ser la mayor mejora posible. Mientras tanto, otros programas no pueden usar estos {{bytes, gibibytes}}.',
      pagesFixBeside:
        'Resérvalas y luego detén la minería y vuelve a iniciarla. Son más seguras que las transparentes, y a menudo algo más rápidas. Mientras tanto, otros programas no pueden usar estos {{bytes, gibibytes}}.',
      thpOn: 'El sistema da huge pages a los programas que las piden, como hace este.',
      thpNotNeeded: 'Están desactivadas y no hacen falta: hay suficientes huge pages reservadas.',
      thpOff: 'El sistema no da huge pages por sí mismo.',
      thpFix:
        'Permite que las reciban los programas que piden huge pages, y luego detén la minería y vuelve a iniciarla. Esto da casi todo lo que dan las huge pages, sin reservar memoria.',
      thpUnknown: 'Este equipo no las comunica.',
      aesFound: 'La CPU tiene instrucciones AES.',
      aesMissing: 'La CPU no tiene instrucciones AES. Sin ellas, minar es mucho más lento.',
      aesFix:
        'Si es una máquina virtual, pon su tipo de CPU en «host». Si no, esta CPU es demasiado antigua para minar bien.',
      aesUnknown: 'No se pudo cargar el motor de minería, así que no se pudo comprobar la CPU.',
      jitUsed: 'Los programas de RandomX se ejecutan como código máquina generado ({{path}}).',
      jitMissing:
        'Los programas de RandomX se interpretan, lo que es muchas veces más lento. O el sistema prohíbe el código generado, o esta CPU no es compatible.',
      jitFix: 'Permite en tu software de seguridad que esta aplicación ejecute código generado.',
      jitUnknown: 'Se sabrá cuando empiece la minería.',
      poolNone: 'Aún no hay ningún pool elegido.',
      poolPractice: 'El pool de práctica está dentro de esta aplicación.',
      nameFound: 'Se ha encontrado {{host}}.',
      nameNotFound: 'No se pudo resolver {{host}}.',
      nameFix: 'Comprueba que la dirección del pool esté bien escrita, y tu conexión a internet.',
      nameByProxy: 'El proxy resuelve {{host}}.',
      nameNotAsked: '{{host}} no se ha resuelto: la aplicación solo lo hace mientras mina.',
      tlsUsed: 'La conexión está cifrada.',
      tlsNotNeeded: 'La conexión nunca sale de este equipo.',
      tlsByTor: 'Tor cifra la conexión a una dirección onion.',
      tlsMissing:
        'La conexión no está cifrada. Cualquiera entre tú y el pool puede leer tu dirección y desviar tus shares.',
      tlsFix: 'Usa el puerto TLS del pool si lo tiene.',
      tlsMissingToNode:
        'La conexión al nodo no está cifrada. Cualquiera entre tú y el nodo puede desviar tus recompensas.',
      tlsFixOfNode: 'Conéctate al nodo por TLS, o ejecútalo en este equipo.',
      clockKept: 'Un servidor de hora mantiene el reloj en hora.',
      clockBehind: 'El reloj va meses o años atrasado.',
      clockAlone: 'Ningún servidor de hora mantiene el reloj en hora.',
      clockFix:
        'Activa la hora automática en los ajustes del sistema. Los certificados y el historial necesitan la hora correcta.',
      clockUnknown:
        'La hora del reloj parece verosímil. Este sistema no comunica si un servidor de hora lo mantiene en hora.',
      virtualNo: 'Este equipo no es una máquina virtual.',
      virtualYes:
        'Esto es una máquina virtual. Para minar en ella hace falta el tipo de CPU «host», y lo que más ayuda son las huge pages en el anfitrión.',
      virtualUnknown: 'Este equipo no comunica si es una máquina virtual.',
      numaOne: 'Toda la memoria está igual de cerca de la CPU.',
      numaMany:
        'Este equipo tiene {{nodes, integer}} nodos de memoria. Cada uno recibe su propia copia del dataset si hay sitio para ella.',
      numaUnknown:
        'No se pudo cargar el motor de minería, así que no se conoce la distribución de la memoria.',
      temperatureKnown:
        'La temperatura de la CPU se puede leer, así que la minería puede bajar de ritmo cuando la CPU se calienta.',
      temperatureUnknown:
        'La temperatura de la CPU no se puede leer aquí, así que la minería no puede bajar de ritmo cuando la CPU se calienta.',
      energyKnown: 'La CPU comunica cuánto consume.',
      energyUnknown:
        'El consumo de la CPU no se puede leer aquí. Escríbelo en «Ganancias y coste» para ver lo que cuesta minar.',
      energyClosed:
        'La CPU cuenta la energía que consume, pero en este sistema solo los administradores pueden leer ese dato.',
      energyFix:
        'Deja que lo lean todos los programas: así la aplicación mide lo que cuesta minar y puede limitar el consumo de la CPU. Los sistemas lo mantienen cerrado porque un programa podría adivinar con él lo que calculan otros.',
      antivirusRare: 'Los antivirus rara vez interfieren en este sistema.',
      antivirusLikely:
        'Los antivirus suelen tomar los mineros por una amenaza, incluso los que instalaste tú. Si el tuyo bloquea esta aplicación, comprueba sus archivos en «Acerca de» y luego permite esta carpeta: {{folder}}.',
      batteryKnown:
        'El sistema comunica si funciona con batería, así que «Pausar con batería» funciona.',
      batteryUnknown:
        'No se ha encontrado ninguna batería, así que «Pausar con batería» no tiene efecto.',
      idleKnown: 'El sistema comunica si el equipo está en uso.',
      idleUnknown: 'Este escritorio no comunica si el equipo está en uso.',
      trayShown: 'El escritorio muestra iconos en la bandeja.',
      trayMissing:
        'El escritorio no muestra iconos en la bandeja, así que la ventana queda abierta mientras se mina.',
      trayFix:
        'En GNOME, instala la extensión «AppIndicator and KStatusNotifierItem Support» y vuelve a iniciar sesión. Así la ventana se puede ocultar mientras se mina. En Debian y Ubuntu:',
    },
    report: {
      title: 'Ibctminer {{version}} en {{platform}}',
      cpu: 'CPU: {{name}}',
      state: 'Estado: {{why}}',
    },
  },
  about: {
    lead: 'Minería de Monero con tu propia CPU. No se ejecuta nada hasta que pulses Iniciar.',
    version: 'Versión {{version}}',
    fee: '0\u00a0% de comisión',
    versions: 'Versiones',
    application: 'Ibctminer',
    electron: 'Electron',
    chrome: 'Chromium',
    node: 'Node.js',
    platform: 'Sistema',
    library: 'Biblioteca nativa (SHA-256)',
    libraryNone: 'No cargada',
    settingsFolder: 'Carpeta de ajustes',
    oldElectron:
      'Esta compilación funciona con Electron {{version}}, que ya no recibe correcciones de seguridad: la versión oficial no se pudo descargar al crearla. Es para desarrollo y pruebas. No la distribuyas.',
    trust: 'Nuestros compromisos',
    rules: {
      start:
        'No se calcula ningún hash antes de que aceptes y pulses Iniciar. Hasta entonces, solo se contacta con un pool cuando lo pruebas o mides su latencia.',
      visible:
        'Mientras mina, hay a la vista una ventana o un icono en la bandeja con el nombre propio de la aplicación.',
      fee: 'Minas para tu propia dirección. La comisión es del 0\u00a0%.',
      practice: 'La práctica y las mediciones no envían trabajo a nadie.',
      rights:
        'Nunca se da a sí misma permisos de administrador. Muestra los comandos que los necesitan, y solo ejecuta uno cuando pulsas «Ejecutar comando» y la solicitud del propio sistema lo permite.',
      system: 'No carga controladores ni cambia los ajustes del antivirus o de energía.',
      updates: 'No descarga programas a tus espaldas.',
      quit: 'Al salir no queda ningún proceso.',
      privacy: 'El registro y los informes omiten tu dirección. Sin telemetría.',
    },
    files: '¿Son auténticos estos archivos?',
    filesHint:
      'Compara cada archivo de esta aplicación con la lista que se firmó al publicarla. No se envía nada.',
    filesCompare: 'Comparar archivos',
    filesComparing: 'Comparando…',
    filesUnsigned:
      'Esta compilación viene sin lista firmada, como las de desarrollo. No se puede saber de qué se hizo.',
    filesSame_one: '{{count}} archivo está tal como se publicó ({{signedAs}}).',
    filesSame_many: 'Los {{count}} archivos están tal como se publicaron ({{signedAs}}).',
    filesSame_other: 'Los {{count}} archivos están tal como se publicaron ({{signedAs}}).',
    filesDiffer:
      'Estos archivos no están como se publicaron. Vuelve a instalar la aplicación desde una fuente en la que confíes.',
    filesChanged: 'Modificados: {{files}}',
    filesMissing: 'Faltan: {{files}}',
    filesAdded: 'No son nuestros: {{files}}',
    filesOutside:
      'Un programa modificado puede mentir sobre sí mismo. Desde fuera, con la clave de la página web:',
    licences: 'Licencias',
    licence: 'Ibctminer es software libre con licencia MIT.',
    builtWith: 'Hecho con',
    links: 'Más información',
    howMiningWorks: 'Cómo funciona la minería',
    hugePages: 'Qué son las huge pages',
    source: 'Código fuente',
    getWallet: 'Conseguir un monedero',
  },
  connections: {
    title: 'Conexiones',
    hint: 'Todo a lo que la aplicación se conecta o en lo que escucha. Los nombres que hay aquí se preguntan al servidor de nombres del sistema. No se contacta con nada más.',
    purpose: 'Para qué',
    place: 'Dónde',
    last: 'Última apertura',
    bytes: 'Enviado / recibido',
    bytesHint: 'Los bytes se cuentan desde el inicio de la aplicación, cifrado incluido.',
    state: 'Ahora',
    never: 'No desde el inicio',
    on: 'Activa',
    off: 'Inactiva',
    anyPort: '{{host}}, cualquier puerto libre',
    purposes: {
      pool: 'Pool: trabajo y shares, con la dirección de tu monedero. Mientras minas y cuando lo pruebas.',
      node: 'Nodo: bloques para minar, con la dirección de tu monedero. Mientras minas y cuando lo pruebas.',
      nodeNews: 'Nodo: avisos de bloques, mientras minas.',
      latency:
        'Pool conocido: se conecta y se desconecta, para medir su latencia. No se envía nada. Cuando lo pides.',
      account:
        'API web del pool: tu saldo allí, consultado con la dirección de tu monedero. Cada cinco minutos mientras minas o lo miras, si lo activaste.',
      practice: 'Pool de práctica, dentro de la aplicación. Mientras practicas.',
      updates:
        'Versiones nuevas: dos archivos pequeños, nada sobre ti. Una vez al día, si se activa en Ajustes. El programa mismo, cuando pulsas Descargar.',
      api: 'API de monitorización: los programas de este equipo preguntan y la aplicación responde. Si se activa en Ajustes.',
    },
  },
  uninstall: {
    title: 'Desinstalar',
    hint: 'Muestra todo lo que la aplicación ha creado en este equipo, y elimina lo que no conserves.',
    open: 'Desinstalar…',
    askTitle: '¿Desinstalar Ibctminer?',
    askText:
      'Esto es todo lo que la aplicación ha creado en este equipo. La minería se detiene, y lo que no conserves se elimina para siempre. Tus monedas están a salvo: están en tu monedero, no en esta aplicación.',
    nothing: 'La aplicación no ha escrito nada en este equipo.',
    made: {
      settings: 'Ajustes, dirección del monedero y pools',
      history: 'Historial de minería',
      logs: 'Registro',
      tuning: 'Mediciones de rendimiento',
      marker: 'Marca de que se está minando',
      window: 'Tamaño y posición de la ventana',
      loginItem: 'Apertura al iniciar sesión',
      browser: 'Caché de la ventana',
      lock: 'Marca de que la aplicación está abierta',
      update: 'Versión más reciente, descargada',
      folder: 'Carpeta de la aplicación',
    },
    keep: {
      settings: 'Conservar los ajustes, la dirección del monedero y los pools',
      history: 'Conservar el historial',
      tuning: 'Conservar las mediciones de rendimiento (el minero de terminal también las usa)',
    },
    foreign: 'No lo creó la aplicación, así que no se toca: {{names}}',
    confirm: 'Detener la minería y eliminar',
    removing: 'Eliminando…',
    doneTitle: 'Ibctminer ha hecho limpieza',
    partlyTitle: 'No se pudo eliminar todo',
    doneText: 'Sal ahora; cualquier otra cosa volvería a escribir parte de ello.',
    fates: {
      removed: 'Eliminado',
      kept: 'Se conserva',
      atQuit: 'Se elimina al salir',
      afterQuit: 'Elimínalo después de salir',
      failed: 'No se pudo eliminar: {{problem}}',
    },
    programTitle: 'El programa en sí',
    program: {
      deb: 'Lo instaló el gestor de paquetes del sistema. Elimínalo con:',
      appImage: 'Es un solo archivo. Elimínalo con:',
      folder: 'Es la carpeta que descomprimiste. Elimínala con:',
      nsis: 'Elimínalo en «Aplicaciones instaladas» de Windows, o con:',
      mac: 'Muévelo a la Papelera, o elimínalo con:',
      source: 'Se ejecuta desde su código fuente. Elimínalo con:',
    },
    hugePagesTitle: 'Huge pages',
    hugePages_one:
      'Hay {{count}} huge page reservada. La aplicación nunca lo hace sin que se lo pidas. Si era para minar, deshazlo con:',
    hugePages_many:
      'Hay {{count}} huge pages reservadas. La aplicación nunca lo hace sin que se lo pidas. Si era para minar, deshazlo con:',
    hugePages_other:
      'Hay {{count}} huge pages reservadas. La aplicación nunca lo hace sin que se lo pidas. Si era para minar, deshazlo con:',
    quit: 'Salir',
  },
  close: {
    title: '¿Cerrar Ibctminer?',
    mining: 'La minería puede continuar en segundo plano, con un icono en la bandeja.',
    idle: 'La aplicación puede quedarse en la bandeja. Ahora mismo no está minando.',
    noTray:
      'Este escritorio no tiene bandeja del sistema, así que la aplicación no puede seguir en segundo plano.',
    background: 'Seguir en segundo plano',
    quit: 'Salir',
    quitMining: 'Detener y salir',
    remember: 'Recordar mi elección',
  },
  problem: {
    internal: 'Algo ha fallado dentro de la aplicación: {{reason}}',
    poolUrlEmpty: 'Escribe la dirección de un pool, como pool.example.com:3333.',
    poolUrlWebPage:
      '{{scheme}}:// es una página web. Busca en ella la dirección del puerto de minería del pool, como pool.example.com:3333. Para tu propio monerod, escribe daemon+http://host:puerto.',
    poolUrlScheme:
      '{{scheme}}:// no se admite. Escribe host:puerto, stratum+tcp://host:puerto o stratum+ssl://host:puerto.',
    poolUrlHost:
      '«{{host}}» no es un nombre de host ni una dirección válidos. Comprueba que esté bien escrito.',
    poolUrlHostMissing: 'Falta el host. Escribe host:puerto, como pool.example.com:3333.',
    poolUrlBrackets: 'Pon las direcciones IPv6 entre corchetes: [{{address}}]:3333.',
    poolUrlPort: '«{{port}}» no es un puerto válido. Los puertos son números del 1 al 65535.',
    poolUrlPortMissing: 'Falta el puerto. Escribe host:puerto, como pool.example.com:3333.',
    poolUrlLogin:
      'Escribe la dirección sin usuario ni contraseña: {{place}}. Tienen su propio campo (--login y --pass en la terminal).',
    connectionTimedOut:
      '{{place}} no respondió a tiempo. Comprueba el host, el puerto y tu conexión a internet.',
    connectionRefused: '{{place}} rechazó la conexión. Comprueba el puerto.',
    connectionFailed:
      'No se pudo contactar con {{place}} ({{reason}}). Comprueba el host, el puerto y tu conexión a internet.',
    hostUnreachable:
      'Desde aquí no se puede contactar con {{place}}. Comprueba tu conexión a internet.',
    hostNotFound: 'No se encontró {{host}}. Comprueba que esté bien escrito.',
    nameServersSilent:
      'No se pudo resolver {{host}}: ningún servidor de nombres respondió. Comprueba tu conexión a internet.',
    proxyUnreachable: 'No se pudo usar el proxy. {{why}}',
    proxyFailed:
      'El proxy no pudo contactar con {{place}} ({{reason}}). Comprueba la dirección del pool y el registro del proxy.',
    tlsFailed: '{{place}} no respondió por TLS. Desactiva TLS o usa el puerto TLS del pool.',
    tlsExpected: 'Es un puerto TLS. Activa TLS para este pool.',
    certificateNotTrusted:
      'El certificado no es de confianza. {{why}} Confía en él solo si sabes que su huella es {{fingerprint}}, o elige otro pool.',
    certificateNotPinned:
      'El certificado no es el que fijaste: se esperaba {{pinned}} y se encontró {{found}}. Alguien puede estar interceptando la conexión. Si se anunció un certificado nuevo, fija ese.',
    certificateChanged:
      'El certificado ha cambiado de {{first}} a {{found}}, y ninguna autoridad conocida responde por el nuevo. Alguien puede estar interceptando la conexión. Si reiniciaste tu propio P2Pool, inicia de nuevo la minería para confiar en él.',
    certificateExpired: 'Caducó el {{day}}.',
    certificateNotYetValid: 'No es válido antes del {{day}}. Comprueba el reloj de este equipo.',
    certificateSelfSigned: 'Es autofirmado.',
    certificateUnknownAuthority: 'Ninguna autoridad conocida por este equipo responde por él.',
    certificateOfAnother: 'Se emitió para {{names}}, no para {{name}}.',
    certificateUnverified: 'No se pudo verificar ({{reason}}).',
    loginTimedOut: 'El pool no respondió al inicio de sesión en {{waitMs, duration}}.',
    loginTooLong:
      'El usuario, la contraseña y el nombre del rig son demasiado largos en conjunto. Acórtalos.',
    loginMalformed: 'El pool aceptó el inicio de sesión sin dar un identificador de sesión.',
    sessionIdTooLong: 'El identificador de sesión del pool es demasiado largo para devolverlo.',
    loginRefused:
      'El pool rechazó el inicio de sesión: «{{said}}». Comprueba la dirección del monedero y los ajustes del pool.',
    loginFailed: 'El pool rechazó el inicio de sesión: «{{said}}».',
    loginFailedSilently: 'El pool rechazó el inicio de sesión sin dar motivo.',
    poolNotReady: 'El pool no puede aceptar el inicio de sesión ahora mismo: «{{said}}».',
    banned: 'El pool ha bloqueado este equipo por un tiempo: «{{said}}».',
    sessionLost: 'El pool ha olvidado esta sesión: «{{said}}».',
    noJob:
      'El pool aceptó el inicio de sesión, pero no envió ningún trabajo en {{waitMs, duration}}.',
    noJobForLong: 'El pool no envía ningún trabajo desde hace {{waitMs, roughly}}.',
    sharesUnanswered_one: 'El pool no respondió al último share.',
    sharesUnanswered_many: 'El pool no respondió a los últimos {{count}} shares.',
    sharesUnanswered_other: 'El pool no respondió a los últimos {{count}} shares.',
    noShareCounts_one: 'El último share no contó. {{why}}',
    noShareCounts_many: 'Ninguno de los últimos {{count}} shares contó. {{why}}',
    noShareCounts_other: 'Ninguno de los últimos {{count}} shares contó. {{why}}',
    sharesRefusedForNow:
      'Se han rechazado cinco shares seguidos. {{why}} La aplicación volverá a probar este pool más tarde.',
    sharesRefused:
      'Se han rechazado cinco shares seguidos. {{why}} La minería en este pool se ha detenido porque los resultados de este equipo pueden ser incorrectos. Quita cualquier overclock o prueba otro pool.',
    poolNotReading: 'El pool ha dejado de leer lo que se le envía.',
    tooMuchData:
      'El pool envía muchos más datos de los que debería enviar un pool. Comprueba el puerto.',
    lineTooLong: 'El pool envió una línea interminable. Comprueba el puerto.',
    notStratum: 'El pool no habla el protocolo stratum. Comprueba el puerto.',
    webServer: 'Este puerto es de un servidor web. Busca el puerto de minería del pool.',
    closed: 'El pool cerró la conexión.',
    closedAtOnce: 'El pool cerró la conexión sin responder.',
    closedAtOnceTlsPerhaps:
      'El pool cerró la conexión sin responder. Si es un puerto TLS, activa TLS para este pool.',
    connectionBroken: 'El pool cortó la conexión.',
    connectionDied: 'Se perdió la conexión: el pool dejó de responder.',
    connectionEnded: 'La conexión terminó ({{reason}}).',
    connectionRenewed: 'El equipo estuvo suspendido o cambió de red. Reconectando.',
    jobMalformed:
      'El pool envió un trabajo cuyo campo {{member}} falta o está dañado. Se ha ignorado.',
    jobsMalformed: 'El pool envía trabajos dañados. {{why}}',
    jobIdTooLong: 'El pool envió un trabajo cuyo identificador es demasiado largo para devolverlo.',
    algorithmUnknown:
      'El pool envió un trabajo para «{{said}}», que no es el algoritmo de Monero. Elige otro pool u otro puerto.',
    algorithmNotWanted:
      'El pool envió un trabajo para {{algorithm}}, pero solo se puede minar {{wanted}}. Elige otro pool u otro puerto.',
    blockVersionUnknown:
      'El pool envió un bloque de versión {{version}}, que esta aplicación no puede minar. Elige otro pool u otro puerto.',
    blockLayoutUnknown:
      'El pool envió un bloque de estructura desconocida. Elige otro pool u otro puerto, o busca una actualización de esta aplicación.',
    seedHashMissing:
      'El pool envió un trabajo de RandomX sin hash semilla, que nadie puede minar. Elige otro pool u otro puerto.',
    jobGone: 'El trabajo del share es de una conexión anterior.',
    jobWithdrawn: 'El pool sustituyó el trabajo del share por uno que no se puede minar.',
    difficultyRaised: 'El pool ha subido desde entonces la dificultad de este trabajo.',
    blockChanged: 'El pool pasó a otro bloque antes de que se encontrara el share.',
    shareBelowTarget: 'El motor encontró un share que no alcanza su objetivo. No se envió.',
    shareNonceDiffers: 'El nonce del share difiere del que hay en su blob. No se envió.',
    shareNonceReserved: 'El nonce del share usa un byte reservado para el pool. No se envió.',
    shareRepeated: 'El mismo share se encontró dos veces. Se envió una.',
    tooManyShares: 'El pool pide tan poco trabajo por share que este no se envió.',
    notConnected: 'No había conexión por la que enviar el share.',
    shareUnanswered: 'El pool no respondió a este share en un minuto.',
    shareCutOff: 'La conexión terminó antes de que el pool respondiera a este share.',
    poolLeft: 'La aplicación dejó el pool antes de que respondiera a este share.',
    shareLate: 'El share llegó al pool demasiado tarde: «{{said}}».',
    shareRefused: 'El pool rechazó un share: «{{said}}».',
    shareRefusedSilently: 'El pool rechazó un share sin dar motivo.',
    poolGivesNoWork: 'Este pool no da trabajo, pero otro de tu lista sí.',
    earlierPoolWorks: 'Un pool más arriba en tu lista vuelve a funcionar.',
    noPoolLeft: 'Ningún pool de la lista funciona. {{why}}',
    nodeUrlEmpty: 'Escribe la dirección de un monerod, como 127.0.0.1:18081.',
    nodeUrlScheme:
      'A monerod no se llega con {{scheme}}://. Escribe host:puerto, http://host:puerto o https://host:puerto.',
    nodeUrlLogin:
      'No se pueden leer el usuario y la contraseña de esta dirección. Escribe usuario:contraseña@host:puerto, con %40 por @, %3A por :, %2F por / y %25 por %.',
    nodeUrlPath: '«{{path}}» tras la dirección del nodo no es una ruta válida. Quítala.',
    nodeUrlQuery:
      '«{{query}}» no se admite. Tras la dirección solo puede ir ?zmq=PORT, el puerto de --zmq-pub de monerod.',
    nodeLoginNeeded:
      'El nodo pide iniciar sesión. Indica el usuario y la contraseña de su --rpc-login.',
    nodeLoginRefused: 'El nodo rechazó el usuario o la contraseña. Comprueba ambos.',
    nodeLoginUnknown:
      'El servidor que hay delante del nodo pide un tipo de inicio de sesión que no se admite.',
    nodeLoginInClear:
      'El servidor que hay delante del nodo quiere la contraseña sin cifrar. Usa TLS (https://) para que nadie pueda leerla.',
    nodeRefused: 'El nodo respondió: «{{said}}».',
    nodeHttpStatus:
      'El nodo respondió con el estado HTTP {{status}}. Comprueba que este sea el puerto RPC de monerod, y la ruta si la hay.',
    nodeNotMonerod:
      'Lo que responde ahí no es monerod (se le pidió {{asked}}). Comprueba que este sea su puerto RPC.',
    nodeAnswerTooLong:
      'La respuesta del nodo es demasiado larga. Comprueba que este sea el puerto RPC de monerod.',
    nodeTimeout: 'El nodo no respondió en {{limitMs, duration}}.',
    nodeClosed:
      '{{place}} cerró la conexión sin responder. Comprueba que monerod esté en ejecución y que este sea su puerto RPC. También puede que exija TLS (https://).',
    nodeNotHttp:
      '{{place}} no habla HTTP. Comprueba que este sea el puerto RPC de monerod. También puede que exija TLS (https://).',
    nodeConnectionLost: 'Falló la conexión con {{place}} ({{reason}}).',
    nodeWrongNetwork:
      'El nodo está en {{nodeNetwork}}, pero la dirección del monedero es de {{network}}. Usa un nodo de esa red.',
    nodeSyncing: 'El nodo aún se está sincronizando. La minería empezará sola cuando termine.',
    nodeSyncingAt:
      'El nodo aún se está sincronizando (bloque {{height, integer}} de {{target, integer}}). La minería empezará sola cuando termine.',
    nodeUntrusted:
      'El nodo aún se está sincronizando y transmite lo que dice otro nodo, así que no podría publicar un bloque. La minería empezará sola cuando termine.',
    nodeAddressRefused: 'El nodo no acepta esta dirección de monedero. Compruébala.',
    nodeSubaddress:
      'Para minar en solitario hace falta una dirección principal, que empieza por 4. Esta es una subdirección.',
    nodeIntegrated:
      'Un nodo descarta el ID de pago de una dirección integrada, así que nadie sabría para quién es una recompensa. Para minar en solitario hace falta una dirección principal.',
    nodeOldBlock:
      'El nodo pide un bloque de versión {{version}}, anterior a RandomX. Comprueba que el nodo esté sincronizado.',
    nodeUnknownLayout:
      'El nodo pide un bloque de estructura desconocida (versión {{version}}). Busca una actualización de esta aplicación.',
    nodeOtherAlgorithm: 'El nodo pide {{algorithm}}, pero solo se puede minar {{only}}.',
    nodeUnproven:
      'Nada demuestra que {{host}} sea tu nodo. Cualquiera que esté en medio puede repartir trabajo que pague a otra persona. Usa TLS con un certificado en el que confíes.',
    nodeNoPublisher: '{{place}} no es el publicador ZMQ de monerod.',
    nodeNotAnnouncing:
      'El nodo no anuncia los bloques nuevos, así que la aplicación le pregunta una vez por segundo. Comprueba --zmq-pub de monerod. {{reason}}',
    blockSuperseded:
      'La cadena tiene un bloque más reciente que aquel sobre el que se basa esta solución.',
    blockTemplateUsed:
      'Este bloque ya tiene una solución. Una segunda no puede entrar en la cadena.',
    blockTooEasy: 'El hash no alcanza la dificultad del bloque.',
    blockOrphaned: 'Otro bloque de la misma altura llegó antes.',
    blockMissing: 'El nodo aceptó el bloque, pero no lo tiene.',
    blockUndelivered:
      'No se pudo entregar el bloque antes de que fuera demasiado tarde. {{reason}}',
    blockUnanswered: 'La aplicación dejó el nodo antes de que respondiera a esta solución.',
    practiceNoServer: 'El pool de práctica no pudo iniciarse en este equipo: {{reason}}.',
    addressMissing: 'Escribe tu dirección de Monero.',
    addressOtherCoin:
      'Parece una dirección de {{coin}}. Escribe una dirección de Monero, que empieza por 4 u 8.',
    addressIsSecret:
      'Parece una frase semilla o una clave secreta. No se la des nunca a nadie: quien la tenga puede llevarse tu dinero. Escribe la dirección de tu monedero, que empieza por 4 u 8.',
    addressIsName:
      '«{{name}}» es un nombre, no una dirección. La aplicación no resuelve nombres. Escribe la dirección de Monero en sí, que muestra tu monedero.',
    addressWithMail:
      'Es una dirección seguida de un nombre de worker o un correo electrónico. Escribe solo la dirección. Si el pool quiere algo más en el usuario, usa el campo de usuario (--login en la terminal).',
    addressGap_one:
      'Hay un espacio o un salto de línea tras el primer carácter. Copia otra vez la dirección de una sola pieza.',
    addressGap_many:
      'Hay un espacio o un salto de línea tras el carácter {{count}}. Copia otra vez la dirección de una sola pieza.',
    addressGap_other:
      'Hay un espacio o un salto de línea tras el carácter {{count}}. Copia otra vez la dirección de una sola pieza.',
    addressForeign:
      'El carácter {{position}} es incorrecto: «{{character}}» nunca aparece en una dirección de Monero. Copia otra vez la dirección.',
    addressInvisible:
      'El carácter {{position}} es invisible ({{character}}) y no pertenece a una dirección. Copia otra vez la dirección, sin nada alrededor.',
    addressTooShort_one:
      'Falta un carácter: una dirección tiene 95. Copia otra vez la dirección completa.',
    addressTooShort_many:
      'Es demasiado corta para ser una dirección de Monero: faltan {{count}} de 95 caracteres. Copia otra vez la dirección completa.',
    addressTooShort_other:
      'Es demasiado corta para ser una dirección de Monero: faltan {{count}} de 95 caracteres. Copia otra vez la dirección completa.',
    addressOneTooMany:
      'Sobra un carácter: una dirección tiene 95. Copia otra vez la dirección completa.',
    addressTooLong:
      'Tiene {{length}} caracteres. Una dirección de Monero tiene 95, y una integrada, 106. Copia otra vez la dirección completa.',
    addressWrongCharacter:
      'Un carácter es incorrecto: el de la posición {{position}}. Copia otra vez la dirección de tu monedero.',
    addressSwapped:
      'Dos caracteres vecinos están intercambiados: posiciones {{first}} y {{second}}. Copia otra vez la dirección de tu monedero.',
    addressChecksum:
      'Algunos caracteres de esta dirección son incorrectos: la suma de comprobación no coincide. Copia otra vez la dirección de tu monedero.',
    addressUnknownKind:
      'No es una dirección de Monero, aunque su suma de comprobación es correcta. Copia otra vez la dirección de tu monedero.',
    addressTestNetwork:
      'Es una dirección de {{network}}, que no guarda dinero real. Escribe una dirección de la red principal de Monero.',
    addressWrongNetwork: 'Es una dirección de {{network}}. Escribe una dirección de {{wanted}}.',
    addressLinkOfWallet:
      'Este enlace contiene las claves de un monedero. No lo pegues nunca en ningún sitio. Escribe solo la dirección, que empieza por 4 u 8.',
    addressLinkMalformed:
      'No se puede leer este enlace de pago. Escribe solo la dirección, que empieza por 4 u 8.',
    addressLinkPaymentId:
      'Este enlace de pago tiene un ID de pago, que la minería no puede transmitir, así que tus recompensas podrían perderse. Usa la dirección de un monedero propio.',
    pictureUnreadable: 'No se pudo leer la imagen: {{reason}}. Elige otra.',
    pictureTooLarge:
      'Esta imagen es demasiado grande: el límite es de 10 MB y 40 megapíxeles. Recórtala para que quede solo el código QR y vuelve a intentarlo.',
    pictureUnknown:
      'No es una imagen PNG o JPEG, o está dañada. Guarda el código QR en uno de esos formatos y vuelve a intentarlo.',
    pictureWithoutQr:
      'No se encontró ningún código QR en esta imagen. Recórtala para que quede solo el código QR, o pega la dirección.',
    walletRig: 'El nombre del rig tras el punto puede tener de 1 a 31 letras, dígitos, «-» y «_».',
    walletDifficulty:
      'Tras el «+», escribe la dificultad de los shares como número entero, por ejemplo ADDRESS+10000.',
    engineMissing:
      'Falta el motor de minería. Vuelve a instalar la aplicación o, en el repositorio, ejecuta «npm run set-up».',
    engineChanged:
      'El motor de minería se modificó después de compilarlo, así que no se ha cargado. Vuelve a instalar la aplicación o, en el repositorio, ejecuta «npm run set-up».',
    engineOutOfMemory:
      'No hay suficiente memoria libre. El modo ligero necesita unos 256 MiB; el rápido, unos 2,3 GiB. Cierra otros programas e inicia de nuevo.',
    enginePagesUnavailable:
      'El sistema tiene muy pocas páginas de memoria del tamaño pedido. Elige «auto».',
    engineSelfTestFailed:
      'El motor calculó un hash incorrecto en su autocomprobación, así que no mina. Notifícalo junto con el modelo de tu CPU.',
    engineThreadRefused: 'El sistema denegó otro hilo. Elige menos hilos.',
    engineCpuUnsupported: 'A esta CPU le falta un conjunto de instrucciones que el motor necesita.',
    engineAlgorithmUnknown:
      'Esta versión del motor no conoce el algoritmo. Actualiza la aplicación.',
    engineFault: 'El motor de minería falló: {{reason}}',
    engineWarning: 'El motor de minería sigue funcionando, pero avisa: {{reason}}',
    fastModeNeedsMemory:
      'El modo rápido necesita unos 2,3 GiB de memoria libre, más de la que este equipo tiene ahora. La minería continúa en modo ligero, que es varias veces más lento.',
    fastPathWrong:
      'Uno de los métodos rápidos de cálculo dio un hash incorrecto en la autocomprobación y no se usa. Notifícalo junto con el modelo de tu CPU.',
    generatedCodeForbidden:
      'El sistema prohíbe el código generado, así que se usa el intérprete, mucho más lento. Permite en tu software de seguridad que esta aplicación ejecute código generado.',
    wrongShare:
      'Un share resultó incorrecto al calcularlo de nuevo, así que no se envió. La CPU o la memoria es inestable: quita cualquier overclock y comprueba la temperatura.',
    shareUnchecked:
      'Se encontró un share, pero había muy poca memoria libre para comprobarlo, así que no se envió. Cierra otros programas.',
    keyWaits:
      'Hay muy poca memoria libre para la nueva clave de la red. La minería continuará sola en cuanto haya unos 256 MiB libres. Cierra otros programas.',
    fewerThreads:
      'El sistema denegó algunos de los hilos o su memoria. La minería continúa con los demás.',
    uncleanExit:
      'No se inició automáticamente: la última vez, Ibctminer no terminó correctamente. Pulsa Iniciar para minar.',
    noPlan: 'Aún no hay dónde minar. Elige antes un pool o la práctica.',
    noJobYet: 'Sesión iniciada; esperando el primer trabajo.',
    noncesExhausted: 'Se han probado todos los nonces de este trabajo. Esperando el siguiente.',
    stalled:
      'Los hilos de minería no han terminado ningún hash en 10 segundos. Puede que el equipo esté muy ocupado o haya estado suspendido.',
    answerNotAwaited: 'La minería se detuvo antes de que llegara la respuesta a este share.',
    consentMissing: 'Acepta antes minar en este equipo.',
    noPool: 'Elige antes un pool o la práctica.',
    noWallet: 'Escribe antes la dirección de Monero para tus recompensas.',
    measuring: 'Se está midiendo este equipo. Espera a que termine, o cancela la medición.',
    notStarted: 'No se pudo iniciar la minería. Pulsa Iniciar de nuevo.',
    quitting: 'Ibctminer está a punto de cerrarse. Ábrelo de nuevo para minar.',
    miningNow: 'Detén antes la minería. Distorsionaría la medición.',
    oldConsent: 'El texto ha cambiado. Léelo de nuevo antes de aceptar.',
    noTrial: 'La potencia máxima ya ha terminado. Pruébala de nuevo para conservarla.',
    noPermission: 'permiso denegado',
    diskReadOnly: 'el disco es de solo lectura',
    diskFull: 'el disco está lleno',
    fileTooLarge: 'el archivo es demasiado grande',
    notAFile: 'no es un archivo',
    systemSaid: 'el sistema dice {{said}}',
    notJson: 'la línea {{line}}, columna {{column}}, no es JSON válido',
    settingsWrong: '«{{where}}» es incorrecto',
    notSettings: 'el archivo no contiene ajustes',
    settingsFromNewer: 'los escribió una versión más reciente de esta aplicación',
    settingsSetAside:
      'No se pudieron leer tus ajustes: {{fault}}. La aplicación se inició con ajustes nuevos y guardó el archivo anterior como {{aside}}.',
    settingsUnusable:
      'No se pudieron leer tus ajustes de {{file}}: {{reason}}. La aplicación se inició con ajustes nuevos y no toca ese archivo, así que tus cambios solo duran hasta que salgas. Corrige el archivo o sus permisos, y vuelve a iniciar la aplicación.',
    settingsNotKept:
      'Tus cambios en los ajustes solo duran hasta que salgas: no se puede escribir en {{folder}} ({{reason}}).',
    settingsUnwritable:
      'No se pudieron guardar los ajustes en {{file}}: {{reason}}. Comprueba el espacio libre y los permisos, y vuelve a intentarlo.',
    tuningUnwritable:
      'No se pudo guardar la medición en {{file}}: {{reason}}. Comprueba el espacio libre y los permisos, y vuelve a medir.',
    historyUnwritable:
      'No se pudo guardar el historial en {{folder}}: {{reason}}. La minería continúa, y hasta un día de historial queda en memoria hasta que se pueda guardar.',
    historyUndeletable:
      'No se pudo eliminar el historial de {{folder}}: {{reason}}. Comprueba los permisos de sus archivos y vuelve a intentarlo.',
    exportUnwritable:
      'No se pudo exportar el historial a {{file}}: {{reason}}. Elige otra carpeta o libera espacio.',
    logUnwritable:
      'No se pudo guardar el registro en {{folder}}: {{reason}}. La minería continúa, y las últimas líneas quedan en memoria.',
    logUnexportable:
      'No se pudo exportar el registro a {{file}}: {{reason}}. Elige otra carpeta o libera espacio.',
    folderUnopenable: 'No se pudo abrir la carpeta {{folder}}: {{said}}.',
    historyDamaged:
      'Parte del historial de {{file}} no se pudo leer y se ha omitido. El resto está bien.',
    addressReplaced:
      'Alguien ha cambiado la dirección del monedero en el archivo de ajustes. La minería continúa para la dirección que confirmaste.',
    markerUnwritable:
      'No se pudo escribir {{file}} ({{reason}}). Si la aplicación falla mientras mina, no lo sabrá en el próximo inicio.',
    markerUnremovable:
      'No se pudo eliminar {{file}} ({{reason}}). En el próximo inicio parecerá que la aplicación falló.',
    badInput: 'La ventana pidió algo que la aplicación no conoce ({{channel}}: {{reason}}).',
    untrustedSender: 'Esta página no puede controlar Ibctminer.',
    placeIsOfNode: 'Es la dirección de un nodo. Elige «Mi propio nodo» para minar en él.',
    placeIsOfPool: 'Es la dirección de un pool, no de un nodo.',
    loginItemUnwritable:
      'No se pudo cambiar la apertura al iniciar sesión ({{reason}}). Cámbiala en los ajustes del sistema.',
    optionUnknown: '«{{option}}» no es una opción. Consulta --help.',
    optionTakesNoValue: '--{{name}} no lleva valor.',
    optionNeedsValue: '--{{name}} necesita un valor: --{{name}} {{value}}.',
    optionTwice: '--{{name}} aparece dos veces. Indícala una sola vez.',
    optionInvalid: '--{{name}}: {{reason}}',
    optionNotWith: '--{{name}} no es compatible con --{{other}}. Quítala.',
    optionNotWithFile:
      'El archivo indica sus pools y los usuarios de cada uno, así que --{{name}} no es compatible con él. Indica también --pool, o cambia el archivo.',
    placeMissing:
      'Indica dónde minar: --pool HOST:PORT, --daemon URL o --practice (consulta --help).',
    placesTooMany: 'Elige entre --{{one}} y --{{other}}.',
    nodeLoginInUrl:
      'Un nodo recibe el usuario y la contraseña en la URL, no de --{{name}}: --daemon http://USER:PASSWORD@HOST:PORT.',
    poolIsNode: '--pool: «{{url}}» es la dirección de un monerod. Usa --daemon.',
    walletMissingForNode:
      'Para minar en un monerod hace falta --wallet ADDRESS, que recibe las recompensas.',
    walletMissingForPool: 'Para minar en un pool hace falta --wallet ADDRESS (o --login TEXT).',
    walletAndLogin: 'Indica --wallet o --login, no ambas.',
    nodeNeedsPrimaryAddress:
      '--wallet: para minar en un monerod hace falta una dirección principal y nada más. Empieza por 4 y tiene 95 caracteres.',
    fingerprintInvalid:
      '--tls-fingerprint recibe el SHA-256 de un certificado: 64 dígitos hexadecimales.',
    algorithmNeedsPool: '--algo {{algorithm}} necesita un --pool que tenga ese trabajo.',
    threadsInvalid: '--threads recibe en este equipo un número del 1 al {{most}}, no «{{given}}».',
    choiceInvalid: '--{{name}} recibe uno de estos valores: {{choices}}; no «{{given}}».',
    durationInvalid: '--duration recibe segundos, más de 0 y como máximo {{most}}, no «{{given}}».',
    tuneNotWith: '--tune mide y no mina, así que no es compatible con --{{name}}.',
    apiTokenAlone: '--api-token es para la API HTTP. Indica también un puerto: --api-port N.',
    apiPortInvalid: '--api-port recibe un número del 1 al 65535, no «{{given}}».',
    apiTokenInvalid:
      'La API HTTP necesita --api-token TEXT: {{least}} o más caracteres ASCII sin espacios, que sus lectores deben enviar.',
    configTooLong: 'El archivo «{{file}}» es demasiado grande para ser una lista de opciones.',
    configUnreadable: 'No se pudo leer el archivo «{{file}}»: {{reason}}',
    configNotJson:
      'El archivo «{{file}}» no es JSON válido (línea {{line}}, columna {{column}}). Escribe algo como {"practice": true}.',
    configNotAnObject:
      'El archivo «{{file}}» debe contener un objeto, como {"practice": true}, o ser el config.json de XMRig.',
    configUnknownOption: 'En «{{file}}», «{{name}}» no es una opción. Usa los nombres de --help.',
    configNoFlag: 'En «{{file}}», «{{name}}» debe ser true o false.',
    configNoText: 'En «{{file}}», «{{name}}» debe ser un texto como {{wanted}}.',
    fileMissing: 'no existe ese archivo.',
    fileForbidden: 'no tienes permiso para leerlo.',
    fileIsFolder: 'es una carpeta.',
    fileFault: 'el sistema dice {{code}}.',
    xmrigNoPool: 'El archivo de XMRig no tiene ningún pool activado.',
    xmrigNoUrl: 'no tiene dirección.',
    xmrigPoolSkipped: 'Se omite el pool «{{pool}}» del archivo de XMRig: {{reason}}',
    xmrigNotOurs: '«{{what}}» no se puede minar aquí.',
    xmrigSelfSelect: 'no se admite minar plantillas de bloque propias (self-select).',
    xmrigPrivateKey:
      'El archivo de XMRig contiene una clave privada (spend-secret-key). Ibctminer nunca las lee. Bórrala del archivo y vuelve a intentarlo.',
    xmrigCpuOff:
      'El archivo de XMRig desactiva la minería con la CPU, e Ibctminer no mina con otra cosa.',
    xmrigIgnored: 'Estos ajustes del archivo de XMRig no tienen efecto aquí: {{names}}.',
    xmrigDonation: 'El nivel de donación de XMRig no tiene efecto: no hay donación ni comisión.',
    xmrigPriority:
      'Los hilos de minería tienen aquí siempre la prioridad más baja, diga lo que diga el archivo de XMRig.',
    xmrigMsr:
      'Ibctminer nunca cambia los registros de la CPU (wrmsr). XMRig sí lo hace cuando se ejecuta como root, y gana unos pocos puntos porcentuales.',
    xmrigGpu: 'Ibctminer solo mina con la CPU. OpenCL y CUDA se omiten.',
    xmrigPauses:
      'Pausar con batería o mientras se usa el equipo es una función de la aplicación de escritorio.',
    xmrigApiNotLocal:
      'La API HTTP del archivo de XMRig escucha en {{host}}. Aquí solo responde a este equipo, así que queda desactivada. Usa --api-port.',
    xmrigApiToken:
      'La API HTTP del archivo de XMRig no tiene un token de acceso de {{least}} o más caracteres, así que queda desactivada. Usa --api-port y --api-token.',
    xmrigApiReadOnly: 'La API HTTP es aquí de solo lectura.',
    apiPortTaken: 'El puerto {{port}} ya está en uso. Elige otro para la API HTTP.',
    apiCannotListen: 'La API HTTP no pudo escuchar en el puerto {{port}} ({{reason}}). Elige otro.',
    releaseKeyNone:
      'Esta compilación no tiene clave de publicación, así que no puede saber qué es auténtico.',
    signatureUnreadable: 'No se puede leer la firma, así que no se confía en nada de lo que cubre.',
    signatureForeign:
      'El archivo no se firmó con una clave de Ibctminer, así que no se confía en él.',
    signatureWrong: 'La firma no coincide: el archivo se modificó después de firmarlo.',
    releaseUnreadable: 'No se puede leer lo que el servidor dice de la versión más reciente.',
    fileListForeign: 'La lista de archivos está firmada, pero no es la de esta versión.',
    comparingNeedsMemory:
      'Comparar requiere 5 GiB de memoria libre, para dos datasets; hay {{bytes, gibibytes}} libres. Cierra otros programas y vuelve a intentarlo.',
    commandFailed: 'El comando falló: {{said}}',
    commandGone: 'Este comando ya no sirve para este equipo. Comprueba otra vez.',
    promptOpen: 'La solicitud del sistema ya está abierta. Respóndela primero.',
    comparingEnded: 'La medición se terminó antes de completarse.',
    tariffUnreadable: 'No se pudo leer {{file}}: {{reason}}. Elige otro archivo.',
    tariffColumns:
      'La línea {{line}} debería tener una hora y un precio, como 07:00;0,25, pero es «{{text}}». No se tomó nada del archivo.',
    tariffHour:
      'Línea {{line}}: «{{text}}» no es una hora en punto de 0 a 23, como 7 o 07:00. No se tomó nada del archivo.',
    tariffPrice:
      'Línea {{line}}: «{{text}}» no es un precio, como 0.25 o 0,25. No se tomó nada del archivo.',
    tariffTwice:
      'La línea {{line}} da a la hora {{hour}} un segundo precio. Deja solo las 24 horas de un día. No se tomó nada del archivo.',
    tariffMissing:
      'El archivo no tiene precio para estas horas: {{hours}}. Debe contener las 24 horas de un día. No se tomó nada de él.',
    poolApiFailed: 'No se pudo preguntar a {{host}} por tu saldo. {{why}}',
    poolApiStatus: 'El servidor respondió con el estado HTTP {{status}}. Inténtalo más tarde.',
    poolApiRedirects:
      'El servidor remitió la aplicación a otro servidor, y la aplicación no sigue esa redirección. Puede que la API web del pool haya cambiado de sitio.',
    poolApiTooLong: 'Su respuesta ocupa más de {{size}} bytes, así que no se leyó.',
    poolApiSilent: 'El servidor no terminó su respuesta en {{seconds}} s. Inténtalo más tarde.',
    poolApiBroken: 'La conexión se cortó ({{reason}}). Inténtalo más tarde.',
    poolApiStrange:
      'Su respuesta no es la que espera esta aplicación. Puede que la API web del pool haya cambiado.',
    poolApiNoAddress:
      'El pool aún no conoce tu dirección. La conocerá después de tu primer share allí.',
    releaseServer:
      'No se pudo consultar el servidor de actualizaciones {{host}} ({{reason}}). Inténtalo más tarde.',
    updateChanged:
      'Lo que se descargó no es lo que se firmó, así que se ha eliminado. Inténtalo de nuevo; si no funciona, mira en la página de descargas.',
    updateNotHere: 'Aún no hay nada que instalar. Descarga antes la versión más reciente.',
    updateAwaitsBlock: 'Un bloque va camino de tu nodo. Instala cuando haya llegado.',
    updateNotOpened: 'El sistema no pudo abrir {{file}} ({{said}}).',
  },
  why: {
    needsConsent: 'No se mina: aún no has aceptado minar en este equipo.',
    notStartedYet: 'Aún no se mina: empieza cuando pulses Iniciar.',
    stoppedByUser: 'Detenida por ti.',
    over: 'Detenida: esta ejecución ha terminado.',
    quitting:
      'Se cierra en cuanto tu nodo reciba el bloque que encontraste. Sal de nuevo para renunciar a él.',
    connecting: 'Conectando con el pool o nodo.',
    preparing: 'Preparando el primer hash.',
    building: {
      only: 'Creando el dataset: {{progress, percent}}.',
      mining: 'Creando el dataset: {{progress, percent}}. Mientras tanto, minando en modo ligero.',
      practising:
        'Creando el dataset: {{progress, percent}}. Mientras tanto, practicando en modo ligero, sin ganancias.',
    },
    mining: {
      fast: 'Minando en modo rápido.',
      light: 'Minando en modo ligero.',
    },
    practising: {
      fast: 'Practicando en modo rápido, sin ganancias.',
      light: 'Practicando en modo ligero, sin ganancias.',
    },
    paused: 'En pausa: {{reasons}}.',
    pausedFor: 'En pausa: {{reason}}, {{remainingMs, duration}} más (fin: {{end}}).',
    held: {
      heat_one: 'Limitada a {{count}} hilo para que no se caliente la CPU.',
      heat_many: 'Limitada a {{count}} hilos para que no se caliente la CPU.',
      heat_other: 'Limitada a {{count}} hilos para que no se caliente la CPU.',
      watts_one: 'Limitada a {{count}} hilo para ahorrar energía.',
      watts_many: 'Limitada a {{count}} hilos para ahorrar energía.',
      watts_other: 'Limitada a {{count}} hilos para ahorrar energía.',
    },
    notScheduledYet: 'En espera según tu horario. Próximo inicio: {{end}}.',
    neverScheduled: 'No se mina: tu horario no incluye ninguna hora.',
    reasonUntil: '{{reason}} (fin: {{end}})',
    pausedBecause: {
      user: 'a petición tuya',
      snooze: 'por un tiempo',
      battery: 'con batería',
      inUse: 'estás usando el equipo',
      schedule: 'fuera del horario',
      heat: 'la CPU está demasiado caliente',
      fullScreen: 'hay un programa a pantalla completa',
      metered: 'la conexión a internet es de uso medido',
      listedProcess: 'hay un programa de tu lista en ejecución',
    },
    goesOn: {
      user: 'Pulsa «Reanudar» para seguir.',
      battery: 'Se reanuda con corriente.',
      inUse: 'Se reanuda cuando dejes el equipo en reposo.',
      heat: 'Se reanuda cuando se enfríe.',
      fullScreen: 'Se reanuda al salir de la pantalla completa.',
      metered: 'Se reanuda con otra conexión.',
      listedProcess: 'Se reanuda cuando termine.',
    },
    retrying: 'Nuevo intento en {{retryInMs, duration}}. {{problem}}',
  },
  log: {
    connected: 'Conectado a {{place}}.',
    connectedEncrypted: 'Conectado a {{place}} por TLS.',
    connectedByTls: 'Conectado a {{place}} por TLS. SHA-256 del certificado: {{fingerprint}}.',
    connectedPractice: 'Conectado al pool de práctica, que no da ganancias.',
    loggedIn: 'Sesión iniciada.',
    job: 'Trabajo nuevo: {{algorithm}}, dificultad {{difficulty, integer}}.',
    jobAtHeight:
      'Trabajo nuevo: {{algorithm}}, dificultad {{difficulty, integer}}, altura {{height}}.',
    jobRefused: 'Trabajo rechazado. {{problem}}',
    shareAccepted: 'Share aceptado (dificultad {{difficulty, integer}}, {{ms}} ms).',
    shareRejected: 'Share rechazado. {{problem}}',
    shareStale: 'Share obsoleto. {{problem}}',
    disconnected: '{{problem}} Próximo intento en {{retryInMs, duration}}.',
    givenUp: 'Sin más intentos. {{problem}}',
    problem: '{{problem}}',
    notStartedAfterStop: 'No se inició automáticamente: la última vez detuviste la minería.',
    notStartedAfterCrash:
      'No se inició automáticamente: la última vez, Ibctminer no terminó correctamente.',
    stoppedByFault: 'Un error interno detuvo la minería: {{reason}}',
    newVersion: 'La versión {{version}} está disponible. En Ajustes se explica cómo instalarla.',
    fullPowerNotKept: 'No se conservó la potencia máxima. Se vuelve al ajuste anterior.',
  },
  tray: {
    start: 'Iniciar',
    stop: 'Detener',
    power: 'Potencia',
    profile: {
      quiet: 'Silenciosa',
      balanced: 'Equilibrada',
      full: 'Máxima',
    },
    shares: 'Shares: {{accepted}} aceptados, {{rejected}} rechazados, {{stale}} obsoletos',
    open: 'Abrir Ibctminer',
    settings: 'Ajustes…',
    quitMining: 'Salir (detiene la minería)',
  },
  notification: {
    hidden:
      'Ibctminer sigue funcionando en la bandeja. Usa su menú para detener la minería o salir.',
    blockUnderWay:
      'Has encontrado un bloque. Ibctminer se cierra en cuanto tu nodo lo reciba, en menos de dos minutos. Sal de nuevo para cerrarlo ya.',
    goesOn: 'Minando de nuevo.',
    poolDown: '{{host}} lleva 2 minutos sin dar trabajo.',
    poolDownBecause: '{{host}} lleva 2 minutos sin dar trabajo. {{why}}',
    poolBack: '{{host}} ha vuelto.',
    noShares: 'Ningún share en {{times}} veces el tiempo esperado. Abre Historial para ver más.',
    rejects: 'El pool está rechazando el {{part, percent}} de tus shares.',
  },
  dialog: {
    quitStops: 'Al salir se detiene la minería',
    quitStopsDetail:
      'No se encontrarán más shares hasta que abras Ibctminer y vuelvas a iniciar la minería.',
    noSandbox: 'Ibctminer no funciona sin su sandbox',
    noSandboxDetail:
      'Se inició con --no-sandbox, con lo que un fallo en la ventana podría llegar a tus archivos. Inícialo sin esa opción; si tu sistema prohíbe el sandbox, instala el paquete de Debian, que trae el permiso necesario.',
    pictures: 'Imágenes',
    tables: 'Tablas (CSV)',
    pageFails: 'La ventana falla una y otra vez',
    pageFailsDetail: 'La minería no se ve afectada. Inténtalo de nuevo, o sal y detén la minería.',
  },
  terminal: {
    what: 'Mina Monero con tu propia CPU, en la terminal.',
    options: '[opciones]',
    exit: 'Ctrl+C detiene. Código de salida: 0 tras detenerlo, 2 por uso incorrecto, 1 por un fallo que acaba con la minería.',
    option: {
      pool: 'minar en este pool; repítela para añadir pools de respaldo',
      daemon: 'minería en solitario en un monerod: http://127.0.0.1:18081[/?zmq=PORT]',
      practice: 'minar en el pool de práctica incorporado: trabajo real, sin ganancias',
      wallet: 'tu dirección de Monero, también ADDRESS+DIFF o ADDRESS.RIG',
      login: 'se envía al pool tal como se escribe, en lugar de --wallet',
      pass: 'contraseña para el pool (por defecto: x)',
      tls: 'usar TLS; el primer certificado se muestra y se fija para esta ejecución',
      'tls-fingerprint': 'SHA-256 del único certificado que se acepta',
      'rig-id': 'nombre de este equipo, que muestra el pool',
      socks5: 'conectar con el pool mediante este proxy',
      threads: 'número de hilos de minería',
      mode: 'fast necesita 2,3 GiB de memoria; light, 256 MiB',
      algo: 'aceptar solo trabajos de este algoritmo',
      'api-port': 'API HTTP de solo lectura en 127.0.0.1, para paneles',
      'api-token': 'lo que los lectores de la API deben enviar; 8 caracteres o más',
      inspect: 'mostrar cada mensaje del pool y al pool, sin tu dirección',
      tune: 'medir este equipo durante cerca de un minuto y conservar los ajustes más rápidos; no mina',
      'no-learning': 'no probar otros ajustes (hilos, hashes en paralelo) mientras se mina',
      config:
        'leer opciones de un archivo JSON, con los nombres de aquí, o del config.json de XMRig',
      duration: 'detenerse tras este número de segundos',
      json: 'escribir un objeto JSON por línea',
      help: 'mostrar esto',
      version: 'mostrar la versión',
    },
    demonstration:
      'Demostración: {{shares}} shares en el pool de práctica dentro de este programa. No da ganancias. Ctrl+C la termina.',
    status:
      '{{h10s}} 10 s · {{h60s}} 60 s · {{h15m}} 15 min · {{accepted}} aceptados, {{rejected}} rechazados, {{stale}} obsoletos',
    dataset: 'dataset {{progress, percent}}',
    practicePool: 'pool de práctica',
    api: 'API HTTP para paneles: {{url}}/2/summary y {{url}}/metrics',
    ended:
      'Terminado tras {{ms, duration}}: {{accepted}} aceptados, {{rejected}} rechazados, {{stale}} obsoletos, {{hashes, integer}} hashes.',
    tuneBegins: 'Midiendo este equipo durante cerca de un minuto. No se envía nada a nadie.',
    tunePoint: '{{threads}}, {{sideBySide}}: {{rate, hashrate}}',
    tuneKept: 'Guardado para {{algorithm}} en modo {{mode}}: {{best}}',
    forReal: 'Para minar de verdad, en un equipo tuyo o que tengas permiso para usar:',
    forRealAlone: 'O en solitario, en tu propio monerod:',
    allOptions: 'Todas las opciones:',
  },
};
