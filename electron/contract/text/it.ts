import type { Catalogue } from './catalogues.ts';

/** Si dà del tu. «Il pool», «la share», «il thread»; restano in inglese anche wallet, seed phrase, mining (verbo: minare), hashrate, dataset, scratchpad, nonce, rig, job e huge page. Stale: scaduta; Health: Diagnostica; backup: riserva; practice: pratica. */
export const it: Catalogue = {
  app: {
    name: 'Ibctminer',
    what: 'Mina Monero con la tua CPU',
    title: 'Ibctminer · {{screen}}',
    loading: 'Avvio…',
    noBridgeTitle: 'Questa pagina va aperta nell’app',
    noBridge: 'Apri Ibctminer. In un browser questa pagina non ha nulla con cui comunicare.',
    failedTitle: 'Impossibile caricare l’app',
    retry: 'Riprova',
    silentTitle: 'Il nucleo di mining non risponde',
    silent:
      'I dati qui sotto risalgono a {{ago}} fa. Se non si risolve da sé, esci dall’app e riaprila. Uscendo il mining si ferma.',
    practice: 'Pratica',
    practiceBanner:
      'Pratica: gli hash sono veri, ma nulla lascia questo computer e non si guadagna nulla.',
    addressChanged:
      'Qualcuno ha cambiato l’indirizzo del wallet nel file delle impostazioni in {{found}}. L’app continua a usare quello che hai confermato: {{confirmed}}.',
    addressNone: 'nessuno',
    addressKeep: 'Mantieni l’indirizzo confermato',
    addressUse: 'Usa l’altro indirizzo',
    dismiss: 'Ignora',
    skipToContent: 'Vai al contenuto',
  },
  nav: {
    label: 'Principale',
    dashboard: 'Dashboard',
    history: 'Storico',
    pools: 'Pool',
    settings: 'Impostazioni',
    logs: 'Log',
    health: 'Diagnostica',
    about: 'Info',
  },
  commands: {
    title: 'Comandi',
    search: 'Cerca tra i comandi',
    none: 'Nessun comando trovato.',
    mining: 'Mining',
    screens: 'Vai a',
    settings: 'Impostazioni: {{section}}',
    pause15: 'Pausa di 15 minuti',
    pause60: 'Pausa di 1 ora',
    pause240: 'Pausa di 4 ore',
    pauseOpen: 'Pausa finché non riprendo',
    themeSystem: 'Usa il tema di sistema',
    themeLight: 'Usa il tema chiaro',
    themeDark: 'Usa il tema scuro',
    zoomIn: 'Ingrandisci',
    zoomOut: 'Riduci',
    zoomReset: 'Dimensioni effettive',
    control: 'Ctrl',
  },
  tour: {
    title: 'Tour della dashboard',
    show: 'Mostra il tour della dashboard',
    progress: '{{step}} di {{count}}',
    next: 'Avanti',
    done: 'Fine',
    never: 'Non mostrare più',
    steps: {
      state:
        'Qui in alto l’app dice sempre se sta minando, e perché sì o perché no. Accanto ci sono Avvia e Ferma, che hanno effetto immediato.',
      hashrate:
        'Quanti hash prova questo computer ogni secondo. Oscilla un po’, perciò dicono di più le medie su un minuto e su un quarto d’ora.',
      shares:
        'Una share è un hash abbastanza buono da mostrare al pool, che paga ognuna di quelle che accetta. Le share rifiutate e scadute non vengono pagate; qualcuna scaduta è normale.',
      pool: 'Da dove arriva il lavoro e chi viene pagato. La difficoltà dice quanto è rara una share; il ping dice quanto in fretta risponde il pool.',
      money:
        'Quanto il mining rende e costa qui, come stima. Inserisci i tuoi prezzi per vedere se conviene.',
      machine:
        'Che cosa fa ogni thread, e che tipo di memoria ha ottenuto il mining. Diagnostica mostra come renderlo più veloce.',
    },
  },
  state: {
    label: 'Stato del mining',
    needsConsent: 'Non configurato',
    stopped: 'Fermo',
    connecting: 'Connessione',
    preparing: 'Creazione del dataset',
    preparingLight: 'Mining in modalità leggera',
    mining: 'Mining in corso',
    paused: 'In pausa',
    waiting: 'In attesa',
    failed: 'Fermato da un problema',
    unknown: 'In attesa del nucleo di mining',
  },
  control: {
    start: 'Avvia mining',
    stop: 'Ferma mining',
    pause: 'Pausa',
    pause15: '15 minuti',
    pause60: '1 ora',
    pause240: '4 ore',
    pauseOpen: 'Finché non riprendo',
    resume: 'Riprendi',
    cancel: 'Annulla',
    back: 'Indietro',
    continue: 'Continua',
    save: 'Salva',
    copyCommand: 'Copia comando',
    runCommand: 'Esegui comando',
    copied: 'Copiato',
  },
  consent: {
    text: 'Quest’app usa la tua CPU per minare Monero per l’indirizzo che inserisci. Consuma elettricità, produce calore e rumore e può rallentare questo computer. Mina solo su computer tuoi o che hai il permesso di usare. Parte solo quando premi Avvia.',
    agree: 'Ho letto e accetto',
    title: 'Prima di iniziare',
    changed: 'Questo testo è cambiato da quando l’hai accettato, perciò te lo chiediamo di nuovo.',
    promises: 'Su cosa puoi contare',
    promiseFee: 'Nessuna commissione. Mini per il tuo indirizzo e per nessun altro.',
    promiseQuiet:
      'Nessuna telemetria. L’app si connette al pool o al nodo che scegli, e a nient’altro se non lo chiedi tu.',
    promiseStop: 'Ferma ha effetto immediato, ed Esci non lascia nulla in esecuzione.',
  },
  wizard: {
    label: 'Configurazione',
    progress: 'Passo {{step}} di {{count}}',
    consent: 'Consenso',
    wallet: 'Wallet',
    pool: 'Pool',
    power: 'Potenza',
    review: 'Riepilogo',
  },
  wallet: {
    title: 'Dove devono andare le tue ricompense?',
    lead: 'Incolla l’indirizzo di ricezione del tuo wallet Monero. L’app non chiede mai chiavi né la seed phrase. Tutto ciò che le chiede è una truffa.',
    address: 'Indirizzo del wallet Monero',
    placeholder: 'Inizia con 4 o 8',
    checking: 'Verifica…',
    compare:
      'Confrontalo con l’indirizzo nel tuo wallet, soprattutto i primi e gli ultimi caratteri. Alcuni malware scambiano gli indirizzi negli appunti.',
    addressLabel: 'Indirizzo in blocchi di otto caratteri',
    kinds: {
      standard: 'È un indirizzo Monero valido.',
      subaddress:
        'È un sottoindirizzo Monero valido. La maggior parte dei pool lo accetta, ma il mining in solo richiede il tuo indirizzo principale.',
      integrated: 'È un indirizzo integrato valido. Alcuni pool non lo accettano.',
    },
    fromLink: 'Da questo link di pagamento è stato preso solo l’indirizzo.',
    readPicture: 'Leggi un codice QR da un’immagine',
    none: 'Non hai ancora un wallet?',
    how: 'Installa un wallet da getmonero.org o sul telefono, scrivi la seed phrase su carta, poi copia l’indirizzo che mostra in «Ricevi».',
    getWallet: 'Apri getmonero.org',
    skip: 'Fai pratica senza wallet',
  },
  pool: {
    title: 'Da dove deve arrivare il lavoro?',
    lead: 'Un pool distribuisce il lavoro e paga per le tue share. Uno piccolo è meglio: Monero è più sicuro quando nessun pool è grande e, alla lunga, tutti pagano lo stesso, meno la loro commissione. P2Pool è ancora meglio: non ha gestore né commissioni.',
    sizes: 'Vedi quanto è grande ogni pool',
    choices: 'Fonte del lavoro',
    own: 'Un altro pool',
    ownHint: 'Qualsiasi pool Monero, tramite il suo indirizzo',
    proxy: 'xmrig-proxy',
    proxyHint: 'Il tuo proxy, che conosce il tuo pool e il tuo wallet',
    p2pool: 'Il mio P2Pool',
    p2poolHint:
      'Decentralizzato, senza commissioni. Richiede monerod e P2Pool, su questo computer o su un altro',
    node: 'Il mio nodo',
    nodeHint:
      'Mining in solo con il tuo monerod, qui o ovunque nella tua rete. I blocchi sono rari, ma l’intera ricompensa è tua',
    practice: 'Pool di pratica',
    practiceHint: 'Prova tutto su questo computer, senza internet e senza guadagni',
    earnsNothing: 'Non rende nulla',
    encrypted: 'Cifrato (TLS)',
    tlsShort: 'TLS',
    plain: 'Non cifrato',
    needsWallet: 'Richiede un indirizzo',
    known: 'Pool noti',
    recommended: 'Il meglio per Monero',
    measure: 'Misura latenza',
    measuring: 'Misurazione…',
    measureHint:
      'Si connette direttamente a ciascuno di questi pool e si disconnette. Il tuo indirizzo non viene inviato.',
    nearest:
      'Il più vicino: {{name}}, {{ms}} ms. La distanza conta poco: ogni 100 ms costano meno dello 0,1% delle tue share.',
    noneReached: 'Nessuno di questi pool è raggiungibile. Controlla la tua connessione a internet.',
    latencies: {
      refused: 'Rifiuta le connessioni',
      notFound: 'Non trovato',
      offline: 'Non raggiungibile',
      silent: 'Non risponde',
      certificate: 'Certificato non attendibile',
      failed: 'Non funziona',
    },
    fee: 'Commissione {{percent}}%',
    facts: {
      title: 'Informazioni su {{name}}',
      region: 'Server',
      ports: 'Porte',
      fee: 'Commissione',
      payout: 'Pagamento minimo',
      onItsPage: 'Indicato sul suo sito',
      percent: '{{percent}}%',
      amount: '{{amount}} XMR',
      source: 'Fonte',
      sourceOf: '{{source}}, {{date}}. Verifica sul suo sito.',
      open: 'Apri {{page}}',
    },
    regions: {
      global: 'Più regioni; il suo nome porta a una vicina',
      europe: 'Europa',
      unknown: 'Non noto',
    },
    sources: {
      pool: 'Le pagine pubblicate dal pool stesso',
      lists: 'Le pagine pubblicate dal pool stesso; la commissione da elenchi pubblici di pool',
      configurations: 'Configurazioni pubbliche di miner',
    },
    address: 'Indirizzo del pool',
    addressHint: 'Per esempio pool.example.org:443',
    nodeAddress: 'Indirizzo del nodo',
    nodeAddressHint: 'Per esempio 127.0.0.1:18081',
    tls: 'Cifra la connessione (TLS)',
    p2poolPays:
      'P2Pool paga il wallet con cui è stato avviato: --wallet (un indirizzo principale), o --subaddress se è stato indicato. Il login inviato da quest’app è solo un nome.',
    proxyPays:
      'Il proxy mina per il wallet nelle sue impostazioni. Il login inviato da quest’app è solo un nome.',
    ownFacts:
      'Commissione {{percent}}%, pagamento minimo di circa {{amount}} XMR, secondo il README di P2Pool del {{date}}.',
    noTls:
      'Senza TLS, chiunque si trovi tra te e il pool può leggere il tuo indirizzo e dirottare le tue share. Usa la porta TLS del pool, se ne ha una.',
    noTlsNode:
      'Senza TLS, chiunque si trovi tra te e il nodo può dirottare le tue ricompense. Fallo solo in una rete di cui ti fidi.',
    noTlsConfirm: 'Connetti senza cifratura',
    test: 'Verifica connessione',
    testing: 'Verifica…',
    testOk: 'Funziona',
    testFailed: 'Non funziona',
    testJob: 'Ha risposto in {{ms}} ms e ha inviato lavoro che quest’app può minare.',
    trusted: 'Consideri attendibile il suo certificato.',
    fingerprint: 'Certificato: {{fingerprint}}',
    remedy: {
      none: 'Connetti senza TLS',
      authority: 'Usa TLS',
      pinned: 'Accetta questo certificato',
    },
  },
  power: {
    title: 'Con quanta potenza deve lavorare?',
    lead: 'Puoi cambiarla in ogni momento, anche durante il mining.',
    profiles: 'Potenza',
    quiet: 'Silenziosa',
    quietHint: 'Si nota appena mentre lavori',
    balanced: 'Bilanciata',
    balancedHint: 'Ti lascia metà del computer',
    full: 'Massima',
    fullHint: 'Tutti i thread utili: più rumore, più calore e un computer più lento per te',
    custom: 'Su misura',
    customHint: 'Scegli il numero di thread',
    threads_one: '{{count}} thread',
    threads_many: '{{count}} thread',
    threads_other: '{{count}} thread',
    ofThreads: '{{threads}} di {{available}}',
    threadCount: 'Thread',
    cpu: '{{model}} · {{available}} CPU logiche',
    times: 'Quando minare',
    battery: 'Pausa a batteria',
    batteryHint: 'Riprende con l’alimentazione di rete',
    batteryBelow: 'A batteria, pausa',
    batteryAlways: 'sempre',
    batteryCharge: 'sotto il {{charge, percent}} di carica',
    idle: 'Mina solo quando il computer è inattivo',
    idleHint:
      'Va in pausa appena tocchi il mouse o la tastiera. Con lo schermo bloccato il computer conta come inattivo.',
    idleAfter: 'Inattivo dopo',
    minutes_one: '{{count}} minuto',
    minutes_many: '{{count}} minuti',
    minutes_other: '{{count}} minuti',
    notAvailable: 'Non disponibile: questo sistema non lo comunica.',
    fullTitle: 'Usare la potenza massima?',
    fullText:
      'Tutti i thread utili mineranno, il che rende il computer più rumoroso, più caldo e più lento da usare. Dopo 30 secondi l’app torna all’impostazione attuale, a meno che tu non mantenga la potenza massima.',
    fullConfirm: 'Prova al massimo',
    trial: 'La potenza massima finisce tra {{seconds}} s, a meno che tu non la mantenga.',
    trialWaiting:
      'La potenza massima parte con il mining e finisce dopo 30 secondi, a meno che tu non la mantenga.',
    keep: 'Resta al massimo',
    revert: 'Torna indietro',
  },
  tuning: {
    title: 'Ottimizzazione',
    hint: 'Prova per circa un minuto diversi numeri di thread, e di hash in parallelo in ogni thread, poi usa la combinazione più veloce. Non si invia e non si guadagna nulla.',
    notWhileMining: 'Prima ferma il mining. Falserebbe la misurazione.',
    whileMining: 'Ottimizza durante il mining',
    whileMiningHint:
      'Prova a turno altre impostazioni nei primi minuti di mining e tiene la più veloce. Ogni hash conta comunque. Resta in attesa mentre il calore limita i thread.',
    trying: 'In prova: {{threads}}, {{hashes}}.',
    measure: 'Misura',
    measureAgain: 'Misura di nuovo',
    progress: 'Misurazione',
    curve: 'Hashrate per numero di thread',
    best_one: 'Più veloce: {{count}} thread, {{hashes}}, {{rate}}.',
    best_many: 'Più veloce: {{count}} thread, {{hashes}}, {{rate}}.',
    best_other: 'Più veloce: {{count}} thread, {{hashes}}, {{rate}}.',
    sideBySide_one: 'un hash alla volta',
    sideBySide_many: '{{count}} hash in parallelo',
    sideBySide_other: '{{count}} hash in parallelo',
    measuredAt: 'Misurato in modalità {{mode}} ({{date}}).',
    fast: 'veloce',
    light: 'leggera',
  },
  review: {
    title: 'Pronto. Non è ancora in esecuzione nulla',
    lead: 'Il mining parte solo quando premi Avvia nella prossima schermata.',
    walletNone: 'Nessuno (solo pratica)',
    power: '{{profile}}, {{threads}}',
    rules: 'Regole',
    noRules: 'Nessuna',
    finish: 'Fine',
    edit: 'Cambia',
  },
  dashboard: {
    hashrate: 'Hashrate',
    over10s: '10 s',
    over60s: '60 s',
    over15m: '15 min',
    chart: 'Hashrate degli ultimi 15 minuti al massimo',
    chartEmpty: 'Il grafico inizia con i primi hash.',
    showTable: 'Mostra come tabella',
    minute: 'Minuto',
    average: 'Media',
    shares: 'Share',
    accepted: 'Accettate',
    rejected: 'Rifiutate',
    stale: 'Scadute',
    sharesIdle:
      'Una share è un pezzo di proof of work che il pool paga. Le tue share compaiono qui quando mini.',
    firstShare: 'Prima share prevista tra circa {{time}}.',
    nextShare: 'Circa una share ogni {{time}} a questa difficoltà.',
    noShare: {
      normal: 'Nessuna share per {{time}} è normale a questa difficoltà (probabilità: {{chance}}).',
      unlucky: 'Nessuna share per {{time}} è sfortuna, ma succede (probabilità: {{chance}}).',
      unusual:
        'Nessuna share per {{time}} è insolito (probabilità: {{chance}}). Controlla in Diagnostica e Log se c’è un problema con il pool o con questo computer.',
    },
    luck: 'Trovate: {{found}}; attese in base agli hash finora: {{expected}}.',
    connection: 'Pool',
    host: 'Server',
    paidTo: 'Pagato a',
    paidToKnown: 'L’indirizzo impostato lì',
    local: 'su questo computer',
    byTor: 'cifrato da Tor',
    connectedFor: 'Connesso da',
    ms: '{{ms}} ms',
    noPool: 'Nessuna connessione finché non premi Avvia.',
    willConnect: 'Avvia si connette a',
    algorithm: 'Algoritmo',
    difficulty: 'Difficoltà',
    height: 'Altezza',
    ping: 'Ping',
    uptime: 'Attivo da',
    temperature: 'Temperatura CPU',
    power: 'Consumo CPU',
    watts: '{{watts}}\u00a0W',
    efficiency: 'Efficienza',
    joulesPerMegahash: '{{joules}}\u00a0J/MH',
    link: {
      offline: 'Non connesso',
      connecting: 'Connessione',
      loggedIn: 'Connesso',
      waiting: 'In attesa di riconnettersi',
    },
    retryIn: 'Prossimo tentativo tra {{seconds}} s',
    threads: 'Thread',
    threadsOf: '{{count}} di {{available}} CPU logiche',
    cpu: 'CPU {{cpu}}',
    threadsIdle: 'Ogni thread di mining mostra qui il proprio hashrate.',
    engine: 'Memoria',
    datasetHint: 'Circa 2 GiB, creato una volta e conservato durante il mining.',
    mode: 'Modalità',
    modes: {
      light: 'Leggera (256 MiB, lenta)',
      fast: 'Veloce (2 GiB)',
    },
    region: {
      dataset: 'Dataset',
      cache: 'Cache',
      scratchpads: 'Scratchpad',
    },
    page: {
      '1g': 'Pagine da 1 GiB',
      '2m': 'Pagine da 2 MiB',
      thp: 'Huge page trasparenti',
      '4k': 'Pagine da 4 KiB',
      none: 'Non allocata',
    },
    pagesGood: 'Le huge page sono in uso. La memoria è veloce quanto può esserlo.',
    pagesPartly:
      'Le huge page trasparenti aiutano. Le huge page riservate da 2 MiB sono spesso ancora più veloci.',
    pagesSmall:
      'Le pagine piccole rallentano il mining. Diagnostica mostra il comando esatto che attiva le huge page.',
    engineIdle: 'Nessuna memoria è in uso finché il mining è fermo.',
    openHealth: 'Apri Diagnostica',
    openPools: 'Apri Pool',
    openLogs: 'Apri Log',
  },
  money: {
    title: 'Guadagni e costi',
    edit: 'Modifica dati',
    practice:
      'La pratica non rende nulla. Questo è quanto lo stesso hashrate renderebbe sulla rete Monero.',
    empty:
      'Vedi qui quanto il mining rende e costa, come stima con tutto ciò che la compone. Non si cerca nulla su internet, a meno che tu non lo permetta.',
    brings: 'Resa al giorno',
    worth: 'Valore',
    costs: 'Costo al giorno',
    net: 'Netto al giorno',
    energy: 'Energia per megahash',
    xmr: '{{xmr}}\u00a0XMR',
    joules: '{{joules}}\u00a0J',
    costsMore: 'Il mining costa più di quanto rende',
    costsMoreText:
      'Di questo passo, in media circa {{lost}} al giorno. Una potenza più bassa spesso rende di più per watt.',
    mostDays: 'Quattro giorni su cinque rendono tra {{low}} e {{high}}',
    mostDaysNothing: 'Nove giorni su dieci o più non rendono nulla',
    mostDaysNet: 'Al netto dell’elettricità, tra {{low}} e {{high}}.',
    nothing: 'Probabilità di non ottenere proprio nulla in 24 ore: {{chance}}.',
    unit: {
      block:
        'Trovi in media un blocco ogni {{time}}, ed è tutto tuo: {{xmr}} XMR. L’intervallo riflette la fortuna nel trovarlo.',
      share:
        'Trovi in media una share ogni {{time}}, che vale {{xmr}} XMR. L’intervallo riflette la fortuna delle tue share; si aggiungono la fortuna del pool e la sua commissione.',
      p2poolShare:
        'In media, ogni {{time}} trovi una share di P2Pool che viene pagata e vale {{xmr}} XMR. L’intervallo riflette la fortuna nel trovarla.',
    },
    noPromise:
      'Di questo passo, in media, per 24 ore di mining. Una stima, non una promessa: difficoltà e prezzo cambiano di continuo.',
    needed: 'Manca ancora:',
    need: {
      rate: 'il tuo hashrate, noto dopo un minuto di mining',
      network:
        'la difficoltà e la ricompensa della rete, che il tuo nodo, P2Pool e alcuni pool comunicano; altrimenti scrivile',
      price: 'il prezzo di Monero',
      watts: 'i watt che il mining consuma',
      tariff: 'il prezzo dell’elettricità',
    },
    madeOf: 'Da cosa è composta',
    input: {
      rate: 'Hashrate',
      difficulty: 'Difficoltà della rete',
      reward: 'Ricompensa del blocco',
      price: 'Prezzo di 1 XMR',
      watts: 'Consumo',
      tariff: 'Prezzo di 1 kWh',
    },
    source: {
      rate: 'misurato qui, {{time}}',
      node: 'dal tuo nodo, {{time}}',
      p2pool: 'da P2Pool, {{time}}',
      pool: 'dal pool, {{time}}',
      typed: 'scritto a mano, {{time}}',
      tariffMean: 'media delle ore minate, scritto a mano, {{time}}',
      measured: 'solo i processori, misurato, {{time}}',
    },
    p2poolFault: {
      notFound:
        'I dati di P2Pool non sono nella cartella che hai indicato. Dovrebbe contenere network/stats e pool/stats.',
      old: 'I dati di P2Pool nella cartella che hai indicato hanno più di dieci minuti. P2Pool è in esecuzione?',
    },
    dialogText:
      'Tutto resta su questo computer, e ogni dato conserva la data in cui l’hai scritto. Lascia vuoto ciò che non sai.',
    priceLabel: 'Prezzo di 1 XMR',
    priceHint: 'Il prezzo di oggi, da una fonte di cui ti fidi.',
    currencyLabel: 'Valuta',
    currencyHint: 'Tre lettere: EUR, USD.',
    tariffLabel: 'Prezzo di 1 kWh',
    tariffHint: 'Nella stessa valuta, dalla bolletta dell’elettricità.',
    windowsLabel: 'Altri prezzi in certe ore',
    windowsHint:
      'Ogni giorno secondo l’orologio di questo computer, come 22-6: 0,18; 12-14: 0,25. Tutte le altre ore hanno il prezzo qui sopra. Così Orari può limitarsi alle ore più economiche.',
    readTariff: 'Leggi i prezzi da un file CSV',
    readTariffHint:
      'Dal tuo fornitore di elettricità: su ogni riga un’ora e il suo prezzo di 1 kWh, come 07:00;0,25, per le 24 ore di un giorno.',
    notWindows: 'Scrivi ore e prezzi come 22-6: 0,18, con un punto e virgola tra più di uno.',
    wattsLabel: 'Watt che il mining consuma',
    wattsHint:
      'Ciò che un misuratore da presa indica durante il mining, meno ciò che indica a riposo. Questo computer non comunica nulla.',
    wattsMeasured:
      'Lascia vuoto per usare {{watts}} W, quanto i processori stessi comunicano; scheda madre, memoria e alimentatore spesso aggiungono dal 10 al 20%. La cosa migliore è un misuratore da presa: ciò che indica durante il mining, meno ciò che indica a riposo.',
    wattsLimit:
      'Ciò che un misuratore da presa indica durante il mining, meno ciò che indica a riposo. I processori sono impostati per restare, da soli, sotto i {{watts}} W.',
    difficultyLabel: 'Difficoltà della rete',
    difficultyHint:
      'Per esempio 600 G. La mostrano i block explorer. Non serve con il tuo nodo o P2Pool.',
    rewardLabel: 'Ricompensa del blocco in XMR',
    rewardHint: '0,6 e le commissioni del blocco.',
    folderLabel: 'Dati di P2Pool',
    folderHint:
      'La cartella data a P2Pool con --data-api, se è in esecuzione su questo computer. Con --local-api si confronta anche ciò che invii con ciò che P2Pool conta.',
    notNumber: 'Inserisci un numero, come 0,30.',
    notAboveZero: 'Inserisci un numero maggiore di 0, come 0,30.',
    notCurrency: 'Inserisci le tre lettere di una valuta, come EUR.',
  },
  account: {
    switch: 'Chiedi a {{pool}} il tuo saldo',
    hint: 'Invia l’indirizzo del tuo wallet a {{host}}, ogni cinque minuti mentre mini o guardi qui. È una seconda connessione, cifrata, oltre a quella per il mining.',
    hintProxy:
      'Invia l’indirizzo del tuo wallet a {{host}}, ogni cinque minuti mentre mini o guardi qui. È una seconda connessione, cifrata, oltre a quella per il mining, attraverso il tuo proxy {{proxy}}.',
    title: 'Cosa dice {{pool}}',
    asking: 'Richiesta a {{host}}…',
    due: 'Saldo',
    paid: 'Pagato finora',
    payout: 'Pagamento minimo',
    rate: 'Il tuo hashrate lì',
    said: 'Aggiornato: {{time}}, per tutti i computer che minano per il tuo indirizzo.',
    credit: {
      tooShort:
        'Inviato e accreditato: è troppo presto per dirlo. Servono un’ora e circa 50 share accettate.',
      within:
        'Di quanto hai inviato in {{time}}, {{pool}} ha accreditato il {{percent}}: entro ciò che il caso consente.',
      less: 'Di quanto hai inviato in {{time}}, {{pool}} ha accreditato il {{percent}}: meno di quanto il caso consenta. Chiedi al pool perché.',
      lessOwn:
        'Di quanto hai inviato in {{time}}, {{pool}} ha contato il {{percent}}: meno di quanto il caso consenta. Forse il suo log dice perché.',
      more: 'Di quanto hai inviato in {{time}}, {{pool}} ha accreditato il {{percent}}: più di quanto quest’app abbia inviato. Altri computer minano per il tuo indirizzo?',
      how: 'Come si confronta',
      title: 'Inviato e accreditato',
      span: 'Tra due risposte del pool',
      shares: 'Share accettate',
      sent: 'Inviati, in hash',
      credited: 'Accreditati, in hash',
      chance: 'Il caso consente',
      range: 'da {{low}} a {{high}}',
      explanation:
        'Ogni share conta tanti hash quanti ne indica la sua difficoltà. Le share arrivano a caso, e il pool le somma in momenti suoi, perciò le due somme non sono mai del tutto uguali: 99 volte su 100 il solo caso mantiene l’accredito in questo intervallo. Il pool conta anche ciò che altri computer minano per il tuo indirizzo.',
    },
  },
  history: {
    span: 'Periodo mostrato',
    spans: {
      quarterHour: '15 min',
      day: '24 h',
      month: '30 giorni',
      year: '1 anno',
    },
    kind: 'Cosa viene mostrato',
    kinds: {
      mining: 'Mining',
      practice: 'Pratica',
    },
    loading: 'Lettura dello storico…',
    failedTitle: 'Impossibile leggere lo storico',
    emptyTitle: {
      mining: 'Nessuno storico',
      practice: 'Nessuna pratica',
    },
    empty: {
      mining:
        'Ogni minuto di mining viene conservato qui, solo su questo computer. Si comincia quando premi Avvia.',
      practice:
        'La pratica è tenuta separata dal mining e non viene mai contata insieme. Fai pratica sul pool di pratica e comparirà qui.',
    },
    average: 'Media',
    mined: 'Tempo di mining',
    hashes: 'Hash',
    hashrate: 'Hashrate',
    chart: {
      quarterHour: 'Hashrate degli ultimi 15 minuti',
      day: 'Hashrate delle ultime 24 ore',
      month: 'Hashrate degli ultimi 30 giorni',
      year: 'Hashrate dell’ultimo anno',
    },
    nothing: {
      quarterHour: 'Non è stato minato nulla negli ultimi 15 minuti.',
      day: 'Non è stato minato nulla nelle ultime 24 ore.',
      month: 'Non è stato minato nulla negli ultimi 30 giorni.',
      year: 'Non è stato minato nulla nell’ultimo anno.',
    },
    hint: 'Punta il grafico, o usa i tasti freccia, per leggerlo.',
    point: '{{period}}: {{rate}}, minato per {{mined}}',
    pointIdle: '{{period}}: nulla minato',
    pointShares_one: '{{count}} share',
    pointShares_many: '{{count}} share',
    pointShares_other: '{{count}} share',
    pointPaused: 'in pausa {{time}} ({{reasons}})',
    pointWaited: '{{time}} in attesa di lavoro',
    legendPaused: 'In pausa',
    legendWaiting: 'In attesa di lavoro',
    legendGap: 'Un vuoto: mining fermo',
    time: 'Periodo',
    shares: 'Share',
    paused: 'In pausa',
    expected: 'Attese',
    found: 'Trovate',
    luck: 'Fortuna',
    luckText:
      'Le share trovate, rispetto a quelle che i tuoi hash trovano in media. È il caso, e col tempo si compensa: sopra il 100% è fortuna, sotto è sfortuna.',
    effort: 'Sforzo attuale',
    effortText:
      'Il lavoro dalla tua ultima share, rispetto a quello che una share richiede in media. Una share su venti richiede più del 300%.',
    lost: 'Perso',
    lostText:
      'Delle share, il {{shares}} è stato rifiutato o era scaduto. Per il {{time}} del tempo non c’era lavoro: durante la connessione o nell’attesa di un pool.',
    best: 'Share migliore',
    bestText:
      'La difficoltà più alta raggiunta da una delle tue share. Un pool non paga nulla in più per questo; nel mining in solo, mostra quanto ti sei avvicinato a un blocco.',
    spent: 'Dov’è andato il tempo',
    states: {
      mining: 'Mining',
      preparing: 'Creazione del dataset',
      paused: 'In pausa',
      waiting: 'In attesa di lavoro',
    },
    pausedReasons: 'Più motivi possono valere allo stesso tempo.',
    sessions: 'Sessioni',
    sessionsOf: 'Le {{shown}} più recenti di {{count}}',
    sessionsAll_one: 'Mostra tutte ({{count}})',
    sessionsAll_many: 'Mostra tutte ({{count}})',
    sessionsAll_other: 'Mostra tutte ({{count}})',
    started: 'Inizio',
    more: '{{place}} (+{{count}})',
    failedShares: 'Rifiutate o scadute',
    allTime: 'Da sempre',
    since: 'Inizio: {{date}}',
    kept: 'Conservato in {{folder}}, solo su questo computer: {{size}}.',
    exportCsv: 'Esporta come CSV',
    exportJson: 'Esporta come JSON',
    exported: 'Salvato come {{file}}.',
    delete: 'Elimina storico',
    deleteTitle: 'Eliminare tutto lo storico?',
    deleteText:
      'Elimina ogni minuto, sessione e totale, di mining e di pratica, e non si può annullare. Le tue monete sono al sicuro: sono nel tuo wallet, non in quest’app.',
  },
  shares: {
    newest: 'Share più recenti',
    emptyTitle: 'Nessuna share',
    emptyIdle: 'Avvia il mining, e ogni share che trovi comparirà qui con la risposta del pool.',
    emptyExpected: 'Prima share prevista tra circa {{time}}.',
    emptyMining: 'La prima share compare qui appena viene trovata.',
    time: 'Trovata',
    outcome: 'Esito',
    difficulty: 'Difficoltà',
    roundTrip: 'Risposta',
    nonce: 'Nonce',
    outcomes: {
      pending: 'In attesa',
      accepted: 'Accettata',
      rejected: 'Rifiutata',
      stale: 'Scaduta',
    },
  },
  pools: {
    lead: 'Il pool principale si usa per primo. Se non è raggiungibile, subentrano le riserve in quest’ordine.',
    list: 'Pool',
    templates: {
      known: 'Pool noto',
      stratum: 'Un altro pool',
      p2pool: 'P2Pool',
      'xmrig-proxy': 'xmrig-proxy',
      daemon: 'Il mio nodo',
    },
    node: 'Nodo proprio',
    practising:
      'Stai facendo pratica, quindi questi pool non sono in uso. Il mining vero ha conteggi propri.',
    endPractice: 'Mina davvero',
    practise: 'Fai pratica',
    practiseHint:
      'La pratica si svolge su questo computer, non richiede internet e non rende nulla.',
    emptyTitle: 'Nessun pool',
    empty: 'Aggiungi un pool o il tuo nodo.',
    add: 'Aggiungi pool',
    primary: 'Principale',
    backup: 'Riserva {{number}}',
    standing: {
      inUse: 'In uso',
      inUseInstead: 'I pool che lo precedono non danno lavoro.',
      connecting: 'Connessione…',
      proving: 'Dà di nuovo lavoro. Subentra dopo averlo fatto per almeno un minuto.',
      resting: 'Non serve: un pool che lo precede dà lavoro.',
      down: '{{why}} L’app riprova da sé.',
      failed: '{{why}} Non si riprova finché non premi di nuovo Avvia.',
    },
    up: 'Sposta {{name}} in su',
    down: 'Sposta {{name}} in giù',
    edit: 'Modifica {{name}}',
    remove: 'Rimuovi {{name}}',
    removeTitle: 'Rimuovere {{name}}?',
    removeText: 'L’app dimentica il suo indirizzo e le sue impostazioni.',
    removeConfirm: 'Rimuovi',
    addTitle: 'Aggiungi un pool',
    editTitle: 'Modifica pool',
    name: 'Nome (facoltativo)',
    password: 'Password',
    passwordHint: 'La maggior parte dei pool accetta «x».',
    rigId: 'Nome del rig (facoltativo)',
    login: 'Login al posto dell’indirizzo del wallet (facoltativo)',
    loginHint: 'Per P2Pool e proxy. Inviato esattamente come scritto.',
    fingerprint: 'Certificato attendibile (facoltativo)',
    fingerprintHint: 'SHA-256, 64 cifre esadecimali. Serve solo con un certificato autofirmato.',
    fingerprintWrong: 'Un’impronta SHA-256 ha 64 cifre, da 0 a 9 e dalla a alla f.',
    rpcUser: 'Nome utente RPC (facoltativo)',
    rpcUserHint: 'Se monerod è in esecuzione con --rpc-login',
    rpcPassword: 'Password RPC',
    zmqPort: 'Porta ZMQ (facoltativa)',
    zmqPortHint: 'La porta di --zmq-pub di monerod, per sapere subito dei nuovi blocchi',
    proxy: 'Proxy SOCKS5 (facoltativo)',
    proxyHint: 'Tor su questo computer: 127.0.0.1:9050, Tor Browser: 127.0.0.1:9150',
    proxyWrong: 'Scrivi il proxy come host:porta, per esempio 127.0.0.1:9050.',
    tor: 'Tor',
    torBrowser: 'Tor Browser',
    through: 'Tramite {{proxy}}',
    onionAlone:
      'Un indirizzo onion si raggiunge solo tramite Tor. Inserisci il suo proxy in «Altre opzioni».',
    zmqPortWrong: 'Una porta è un numero da 1 a 65535.',
    more: 'Altre opzioni',
    full: 'Il limite è di sedici pool. Rimuovine uno per aggiungerne un altro.',
  },
  settings: {
    sectionsLabel: 'Sezioni delle Impostazioni',
    sections: {
      wallet: 'Wallet',
      power: 'Potenza',
      rules: 'Regole',
      tuning: 'Memoria e ottimizzazione',
      appearance: 'Aspetto',
      notifications: 'Notifiche',
      opening: 'Apertura e chiusura',
      connections: 'Connessioni',
      reset: 'Ripristino',
    },
    search: 'Cerca nelle impostazioni',
    searchClear: 'Cancella ricerca',
    searchNone: 'Nessuna impostazione corrisponde a «{{text}}».',
    searchNoneHint: 'Prova un’altra parola, o sfoglia le sezioni.',
    wallet: 'Wallet',
    walletHint: 'I pool pagano a questo indirizzo, e il tuo nodo mina per esso.',
    walletNone: 'Ancora nessun indirizzo, quindi puoi solo fare pratica o minare con un login tuo.',
    walletChange: 'Cambia indirizzo',
    walletAdd: 'Aggiungi indirizzo',
    walletNew: 'Nuovo indirizzo del wallet',
    walletConfirmTitle: 'Minare per un altro indirizzo?',
    walletOld: 'Attuale',
    walletNext: 'Nuovo',
    walletConfirm: 'Usa il nuovo indirizzo',
    power: 'Potenza',
    mode: 'Memoria',
    modeAuto: 'Automatica',
    modeAutoHint: 'Veloce se sono liberi circa 3 GiB',
    modeFast: 'Veloce',
    modeFastHint: 'Richiede almeno 2,3 GiB',
    modeLight: 'Leggera',
    modeLightHint: '256 MiB, diverse volte più lenta',
    schedule: 'Orari',
    scheduleOn: 'Mina solo in certe ore',
    scheduleOnHint:
      'Secondo l’orologio di questo computer. Fuori da queste ore il mining attende, poi riparte da solo.',
    schedulePresets: 'Orari già pronti',
    schedulePreset: {
      nights: 'Notti',
      weekends: 'Fine settimana',
      nightsAndWeekends: 'Notti e fine settimana',
      always: 'Sempre',
    },
    scheduleGrid: 'Ore della settimana',
    scheduleHow:
      'Fai clic su un’ora o trascina su più ore. Da tastiera, le frecce spostano, Spazio attiva o disattiva un’ora e Maiusc con le frecce colora.',
    scheduleHours_one: 'Mina {{count}} ora a settimana.',
    scheduleHours_many: 'Mina {{count}} ore a settimana.',
    scheduleHours_other: 'Mina {{count}} ore a settimana.',
    scheduleNever: 'Nessuna ora è stata scelta, quindi non si mina nulla.',
    scheduleCell: '{{day}}, {{from}} – {{to}}',
    cheapest: 'Mina solo nelle ore più economiche',
    cheapestHint:
      'Tra le ore di ogni giorno, quelle in cui l’elettricità costa meno, secondo i prezzi scritti in «Guadagni e costi».',
    cheapestNoTariff:
      'Prima inserisci in «Guadagni e costi» quanto ti costa l’elettricità e in quali ore.',
    cheapestHours: 'Ore al giorno',
    fullScreen: 'Pausa con un programma a schermo intero',
    fullScreenHint: 'Giochi, film e presentazioni. Riprende quando esci dallo schermo intero.',
    fullScreenUnavailable:
      'Non disponibile: questo sistema non lo comunica. Puoi elencare i programmi qui sotto.',
    metered: 'Pausa con una connessione a consumo',
    meteredHint: 'Una che si paga in base al traffico, come l’hotspot di un telefono.',
    heat: 'Mantieni fresca la CPU',
    heatHint:
      'Sopra questa temperatura l’app mina con meno thread, e 10\u00a0°C più su va in pausa.',
    heatBelow: 'Resta sotto',
    watts: 'Limita il consumo della CPU',
    wattsHint:
      'Finché i processori consumano più di così, compresi gli altri programmi, l’app mina con meno thread.',
    wattsBelow: 'Resta sotto',
    celsius: '{{degrees}}\u00a0°C',
    programs: 'Pausa mentre sono in esecuzione questi programmi',
    programsHint: 'Giochi, videochiamate, tutto ciò che deve avere il computer per sé.',
    programsNone: 'Nessun programma nell’elenco.',
    programsName: 'Nome del programma',
    programsAdd: 'Aggiungi',
    programsAdded: 'Programmi che mettono in pausa il mining',
    programsRemove: 'Rimuovi {{name}}',
    rules: 'Regole',
    opening: 'Apertura dell’app',
    startAtLaunch: 'Avvia il mining all’apertura dell’app',
    startAtLaunchHint:
      'Disattivato in modo predefinito. Mai dopo un arresto anomalo, e mai dopo che hai premuto Ferma.',
    openAtLogin: 'Apri l’app quando accedo',
    openAtLoginHint: 'Apre la finestra o l’icona nell’area di notifica. Non avvia il mining.',
    appearance: 'Aspetto',
    theme: 'Tema',
    language: 'Lingua',
    system: 'Sistema',
    light: 'Chiaro',
    dark: 'Scuro',
    notifications: 'Notifiche',
    rulePauses: 'Messo in pausa o ripreso da una regola',
    poolDown: 'Pool non raggiungibile per due minuti, e di nuovo attivo',
    noShares: 'Nessuna share per molto più tempo del previsto',
    rejects: 'Più del 5% delle share rifiutate',
    failures: 'Mining terminato per un problema',
    window: 'Alla chiusura della finestra',
    closeAsk: 'Chiedi ogni volta',
    closeBackground: 'Continua in background',
    closeQuit: 'Esci e ferma il mining',
    noTray: 'Questo desktop non ha un’area di notifica, quindi la finestra non viene mai nascosta.',
    api: 'API di monitoraggio',
    apiOn: 'Offri un’API HTTP di sola lettura su questo computer',
    apiHint:
      'Le dashboard su questo computer possono leggere hashrate e share. Non possono cambiare nulla, e nessun altro computer può connettersi.',
    apiPort: 'Porta',
    apiPortWrong: 'Scegli un numero da 1024 a 65535.',
    apiAddress: 'Indirizzo:',
    apiToken: 'Token, inviato come «Authorization: Bearer …»:',
    apiCopy: 'Copia token',
    updates: 'Nuove versioni',
    updatesLook: 'Cerca nuove versioni',
    updatesHint:
      'Chiede a {{host}} una volta al giorno un elenco firmato, e non invia nulla su di te o su questo computer. Non si scarica né si installa nulla finché non lo dici tu.',
    updatesNow: 'Cerca ora',
    updatesNewest: 'Questa è la versione più recente. Ultima ricerca: {{date}}.',
    updatesApt: 'È disponibile la versione {{version}}, con firma autentica. Per installarla:',
    updatesCommand: 'sudo apt update && sudo apt install --only-upgrade ibctminer',
    updatesPage: 'È disponibile la versione {{version}}, con firma autentica.',
    updatesOpen: 'Apri la pagina di download',
    updatesDownload: 'Scarica ({{size}})',
    updatesAgain: 'Riprova',
    updatesRunning: 'Download della versione {{version}}: {{done}} di {{size}}.',
    updatesStop: 'Ferma',
    updatesReplace:
      'La versione {{version}} è qui, completa e autentica. Prende il posto di questa: il mining si ferma e l’app si riavvia.',
    updatesReplaceNow: 'Installa e riavvia',
    updatesInstaller:
      'La versione {{version}} è qui, completa e autentica. Il sistema ne apre l’installer: il mining si ferma e l’app si chiude.',
    updatesInstallerNow: 'Esci e apri l’installer',
    updatesStale_one:
      'L’elenco è stato firmato {{count}} giorno fa. Ormai dovrebbe essercene uno nuovo: qualcuno potrebbe nasconderti una versione più recente. Guarda nella pagina di download.',
    updatesStale_many:
      'L’elenco è stato firmato {{count}} giorni fa. Ormai dovrebbe essercene uno nuovo: qualcuno potrebbe nasconderti una versione più recente. Guarda nella pagina di download.',
    updatesStale_other:
      'L’elenco è stato firmato {{count}} giorni fa. Ormai dovrebbe essercene uno nuovo: qualcuno potrebbe nasconderti una versione più recente. Guarda nella pagina di download.',
    reset: 'Ripristino',
    resetHint:
      'Cancella l’indirizzo del wallet, i pool e tutte le impostazioni. Il mining si ferma.',
    resetButton: 'Ripristina tutto',
    resetTitle: 'Ripristinare tutto?',
    resetText:
      'Cancella l’indirizzo del wallet, i pool e tutte le impostazioni, e ferma il mining. Le tue monete sono al sicuro: sono nel tuo wallet, non in quest’app.',
  },
  logs: {
    lead: 'Gli indirizzi dei wallet sono rimossi da ogni riga.',
    kept: 'Conservati in {{folder}}, al massimo 6 MB; le righe più vecchie si eliminano per prime.',
    openFolder: 'Apri cartella',
    export: 'Esporta tutto',
    filter: 'Livello',
    all: 'Tutto',
    warn: 'Avvisi ed errori',
    error: 'Errori',
    search: 'Cerca nei log',
    copy: 'Copia log',
    emptyTitle: 'Ancora nulla nei log',
    empty: 'Ciò che l’app fa compare qui man mano che accade.',
    noMatch: 'Nessuna riga corrispondente.',
    levels: {
      info: 'Info',
      warn: 'Avviso',
      error: 'Errore',
    },
    entries: 'Righe di log',
    messages: 'Messaggi',
    messagesLead:
      'Gli ultimi messaggi tra quest’app e il pool, senza indirizzi, password e ID di sessione.',
    searchMessages: 'Cerca nei messaggi',
    copyMessages: 'Copia messaggi',
    noMessages: 'Ancora nessun messaggio. Compaiono quando l’app si connette a un pool.',
    sent: 'Inviato',
    received: 'Ricevuto',
  },
  health: {
    lead: 'Ciò che questo computer offre per il mining, e come rimediare a ciò che manca.',
    run: 'Ricontrolla',
    running: 'Controllo…',
    copy: 'Copia rapporto',
    copyHint: 'Il rapporto non contiene il tuo indirizzo.',
    failedTitle: 'Impossibile eseguire il controllo',
    statuses: {
      ok: 'OK',
      warn: 'Richiede attenzione',
      unknown: 'Sconosciuto',
    },
    allGood: 'Va tutto bene.',
    toLookAt_one: '{{count}} punto richiede attenzione.',
    toLookAt_many: '{{count}} punti richiedono attenzione.',
    toLookAt_other: '{{count}} punti richiedono attenzione.',
    fix: 'Cosa fare',
    commands: {
      now: 'Ora, fino al prossimo riavvio',
      atBoot: 'A ogni avvio del computer',
      lasting: 'Ora e da qui in avanti',
      undo: 'Per annullare',
    },
    runHint:
      '«Esegui comando» chiede al sistema di eseguire esattamente questo comando. Il sistema chiede la password di un amministratore, che quest’app non vede mai.',
    runPrompt: 'Rispondi alla richiesta del sistema.',
    runEnds: {
      ran: 'Il comando è stato eseguito e tutto è stato ricontrollato.',
      dismissed: 'Hai chiuso la richiesta del sistema. Il comando non è stato eseguito.',
      notAllowed: 'Il sistema non lo ha permesso. Il comando non è stato eseguito.',
    },
    results: 'Risultati',
    selfTest: 'Motore',
    selfTestRun: 'Verifica il motore',
    selfTesting: 'Verifica…',
    selfTestHint:
      'Calcola hash i cui risultati sono pubblicati con RandomX, con e senza codice generato. Il motore fa lo stesso da sé prima della sua prima share.',
    selfTestRight: 'Tutti i {{hashes}} hash sono giusti ({{seconds}} s).',
    selfTestWrong:
      'Hash sbagliati: {{ways}}. Annulla ogni overclock e controlla la temperatura. Se il problema resta, segnalalo insieme al modello della tua CPU.',
    pagesGain: 'Quanto rendono qui le huge page',
    pagesGainRun: 'Misura il guadagno',
    pagesGainMeasuring: 'Misurazione…',
    pagesGainHint:
      'Calcola hash a turno con le huge page e senza, con gli stessi thread, per circa mezzo minuto. Non si invia e non si guadagna nulla. Nel frattempo occupa 5 GiB di memoria.',
    pagesGainFaster:
      'Su questo computer il mining è più veloce del {{gain, percent}} con le huge page: {{huge}} con, {{small}} senza.',
    pagesGainAlike:
      'Su questo computer le huge page non fanno differenza: {{huge}} con, {{small}} senza.',
    pagesGainOf_one: 'Misurato con {{count}} thread ({{pages, pages}}).',
    pagesGainOf_many: 'Misurato con {{count}} thread ({{pages, pages}}).',
    pagesGainOf_other: 'Misurato con {{count}} thread ({{pages, pages}}).',
    pagesGainNone:
      'Ora il sistema non concede huge page, quindi non c’è nulla da confrontare. Come attivarle è scritto in «Huge page».',
    fork: 'Il prossimo fork di Monero',
    forkRun: 'Simula il fork',
    forkRunning: 'Simulazione…',
    forkHint:
      'Il prossimo fork di Monero porta RandomX v2 (rx/2). La simulazione mina sul pool di pratica dentro quest’app, che fa il fork a metà strada. Dura circa un minuto e, in modalità veloce, richiede 3 GiB di memoria. Nulla lascia questo computer e non si guadagna nulla.',
    forkReady: 'Quest’app e questo computer sono pronti per il prossimo fork di Monero.',
    forkNotReady:
      'Quest’app o questo computer non è pronto per il prossimo fork di Monero. Cerca un aggiornamento, poi simula di nuovo il fork.',
    forkUnproven:
      'Niente è andato storto, ma questo computer non ha trovato nessuna share nel minuto dopo il fork. Simulalo di nuovo, se puoi con più thread.',
    forkShares:
      'Share accettate: {{before}} prima del fork, {{after}} dopo. Rifiutate: {{refused}}.',
    forkKept:
      'Non si è dovuto ricreare nulla, e il mining è rimasto fermo al massimo {{seconds}} s.',
    forkRebuilt:
      'Si è dovuto ricreare il dataset o la cache, e il mining è rimasto fermo {{seconds}} s.',
    forkRates: 'Hashrate: {{before}} prima (rx/0), {{after}} dopo (rx/2).',
    forkAt: 'Simulato in modalità {{mode}} ({{date}}).',
    checks: {
      memory: 'Memoria',
      hugePages: 'Huge page',
      transparentPages: 'Huge page trasparenti',
      aes: 'Istruzioni AES',
      jit: 'Codice generato',
      dns: 'Nome del pool',
      tls: 'Cifratura',
      clock: 'Orologio',
      virtualMachine: 'Macchina virtuale',
      numa: 'Disposizione della memoria (NUMA)',
      temperature: 'Temperatura',
      energy: 'Consumo elettrico',
      antivirus: 'Antivirus',
      battery: 'Rilevamento batteria',
      idle: 'Rilevamento inattività',
      tray: 'Area di notifica',
    },
    remarks: {
      memoryLightChosen: 'Nelle Impostazioni è scelta la modalità leggera. Richiede 256 MiB.',
      memoryFast: 'La modalità veloce ha i 2,3 GiB che richiede.',
      memoryUnknown: 'Questo computer non comunica quanta memoria è libera.',
      memoryFree: 'Memoria libera: {{bytes, gibibytes}}. La modalità veloce richiede circa 3 GiB.',
      memoryShort:
        'Memoria libera: {{bytes, gibibytes}}. La modalità veloce richiede circa 3 GiB, quindi questo computer minerebbe in modalità leggera, che è diverse volte più lenta.',
      memoryShortNow:
        'Memoria libera: {{bytes, gibibytes}}. La modalità veloce richiede circa 3 GiB, quindi questo computer sta minando in modalità leggera, che è diverse volte più lenta.',
      memoryFix: 'Chiudi altri programmi, poi ferma il mining e avvialo di nuovo.',
      pagesGood: 'Le huge page sono in uso.',
      pagesFree_one: '{{count, integer}} huge page da 2 MiB è libera.',
      pagesFree_many: '{{count, integer}} huge page da 2 MiB sono libere.',
      pagesFree_other: '{{count, integer}} huge page da 2 MiB sono libere.',
      pagesShort_one:
        'Un thread richiede {{needed, integer}} huge page da 2 MiB; libere: {{free, integer}}.',
      pagesShort_many:
        '{{count}} thread richiedono {{needed, integer}} huge page da 2 MiB; libere: {{free, integer}}.',
      pagesShort_other:
        '{{count}} thread richiedono {{needed, integer}} huge page da 2 MiB; libere: {{free, integer}}.',
      pagesTransparent:
        'Al loro posto si usano huge page trasparenti, che rendono quasi altrettanto.',
      pagesUnknown: 'Questo computer non comunica le sue huge page.',
      pagesInUse:
        'Dataset: {{dataset, pages}}. Cache: {{cache, pages}}. Scratchpad: {{scratchpads, pages}}.',
      pagesFix:
        'Riservale, poi ferma il mining e avvialo di nuovo. Ogni accesso alla memoria richiede così meno passaggi, e di solito è il guadagno più grande che ci sia. Nel frattempo altri programmi non possono usare questi {{bytes, gibibytes}}.',
      pagesFixBeside:
        'Riservale, poi ferma il mining e avvialo di nuovo. Sono più sicure di quelle trasparenti, e spesso un po’ più veloci. Nel frattempo altri programmi non possono usare questi {{bytes, gibibytes}}.',
      thpOn: 'Il sistema dà huge page ai programmi che le chiedono, come fa questo.',
      thpNotNeeded: 'Sono disattivate, e non servono: sono riservate abbastanza huge page.',
      thpOff: 'Il sistema non dà huge page da sé.',
      thpFix:
        'Lascia che i programmi che chiedono huge page le ottengano, poi ferma il mining e avvialo di nuovo. Così hai gran parte di ciò che le huge page danno, senza riservare memoria.',
      thpUnknown: 'Questo computer non le comunica.',
      aesFound: 'La CPU ha le istruzioni AES.',
      aesMissing: 'La CPU non ha le istruzioni AES. Senza, il mining è molto più lento.',
      aesFix:
        'Se è una macchina virtuale, imposta il tipo di CPU su «host». Altrimenti questa CPU è troppo vecchia per minare bene.',
      aesUnknown:
        'Impossibile caricare il motore di mining, quindi la CPU non è stata controllata.',
      jitUsed: 'I programmi RandomX girano come codice macchina generato ({{path}}).',
      jitMissing:
        'I programmi RandomX vengono interpretati, il che è molte volte più lento. O il sistema vieta il codice generato, o questa CPU non è supportata.',
      jitFix: 'Consenti nel tuo software di sicurezza che quest’app esegua codice generato.',
      jitUnknown: 'Si saprà quando il mining sarà partito.',
      poolNone: 'Non è ancora stato scelto un pool.',
      poolPractice: 'Il pool di pratica è dentro quest’app.',
      nameFound: 'È stato trovato {{host}}.',
      nameNotFound: 'Impossibile risolvere {{host}}.',
      nameFix:
        'Controlla che l’indirizzo del pool sia scritto bene, e la tua connessione a internet.',
      nameByProxy: 'Il proxy risolve {{host}}.',
      nameNotAsked: '{{host}} non è stato risolto: l’app lo fa solo mentre mina.',
      tlsUsed: 'La connessione è cifrata.',
      tlsNotNeeded: 'La connessione non lascia mai questo computer.',
      tlsByTor: 'Tor cifra la connessione a un indirizzo onion.',
      tlsMissing:
        'La connessione non è cifrata. Chiunque si trovi tra te e il pool può leggere il tuo indirizzo e dirottare le tue share.',
      tlsFix: 'Usa la porta TLS del pool, se ne ha una.',
      tlsMissingToNode:
        'La connessione al nodo non è cifrata. Chiunque si trovi tra te e il nodo può dirottare le tue ricompense.',
      tlsFixOfNode: 'Connettiti al nodo tramite TLS, o eseguilo su questo computer.',
      clockKept: 'Un server dell’ora mantiene esatto l’orologio.',
      clockBehind: 'L’orologio è indietro di mesi o anni.',
      clockAlone: 'Nessun server dell’ora mantiene esatto l’orologio.',
      clockFix:
        'Attiva l’ora automatica nelle impostazioni del sistema. I certificati e lo storico hanno bisogno dell’ora giusta.',
      clockUnknown:
        'L’orologio sembra plausibile. Questo sistema non comunica se un server dell’ora lo mantiene esatto.',
      virtualNo: 'Questo computer non è una macchina virtuale.',
      virtualYes:
        'Questa è una macchina virtuale. Per minarci serve il tipo di CPU «host», e l’aiuto maggiore viene dalle huge page sull’host.',
      virtualUnknown: 'Questo computer non comunica se è una macchina virtuale.',
      numaOne: 'Tutta la memoria è ugualmente vicina alla CPU.',
      numaMany:
        'Questo computer ha {{nodes, integer}} nodi di memoria. Ognuno riceve una propria copia del dataset, se c’è spazio.',
      numaUnknown:
        'Impossibile caricare il motore di mining, quindi la disposizione della memoria non è nota.',
      temperatureKnown:
        'La temperatura della CPU si può leggere, quindi il mining può rallentare quando la CPU si scalda.',
      temperatureUnknown:
        'Qui la temperatura della CPU non si può leggere, quindi il mining non può rallentare quando la CPU si scalda.',
      energyKnown: 'La CPU comunica quanto consuma.',
      energyUnknown:
        'Qui il consumo della CPU non si può leggere. Inseriscilo in «Guadagni e costi» per vedere quanto costa il mining.',
      energyClosed:
        'La CPU conta l’energia che consuma, ma su questo sistema solo gli amministratori possono leggere questo dato.',
      energyFix:
        'Lascialo leggere a tutti i programmi: l’app misura così quanto costa il mining e può limitare il consumo della CPU. I sistemi lo tengono chiuso perché un programma potrebbe intuirne che cosa calcolano gli altri.',
      antivirusRare: 'Gli antivirus interferiscono di rado su questo sistema.',
      antivirusLikely:
        'Gli antivirus scambiano spesso i miner per una minaccia, anche quelli che hai installato tu. Se il tuo blocca quest’app, controlla i suoi file in Info, poi consenti questa cartella: {{folder}}.',
      batteryKnown:
        'Il sistema comunica se funziona a batteria, quindi «Pausa a batteria» funziona.',
      batteryUnknown:
        'Non è stata trovata alcuna batteria, quindi «Pausa a batteria» non ha effetto.',
      idleKnown: 'Il sistema comunica se il computer è in uso.',
      idleUnknown: 'Questo desktop non comunica se il computer è in uso.',
      trayShown: 'Il desktop mostra le icone dell’area di notifica.',
      trayMissing:
        'Il desktop non mostra le icone dell’area di notifica, quindi la finestra resta aperta durante il mining.',
      trayFix:
        'Su GNOME, installa l’estensione «AppIndicator and KStatusNotifierItem Support», poi accedi di nuovo. La finestra si potrà così nascondere durante il mining. Su Debian e Ubuntu:',
    },
    report: {
      title: 'Ibctminer {{version}} su {{platform}}',
      cpu: 'CPU: {{name}}',
      state: 'Stato: {{why}}',
    },
  },
  about: {
    lead: 'Mining di Monero con la tua CPU. Non viene eseguito nulla prima che tu prema Avvia.',
    version: 'Versione {{version}}',
    fee: 'Commissione 0%',
    versions: 'Versioni',
    application: 'Ibctminer',
    electron: 'Electron',
    chrome: 'Chromium',
    node: 'Node.js',
    platform: 'Sistema',
    library: 'Libreria nativa (SHA-256)',
    libraryNone: 'Non caricata',
    settingsFolder: 'Cartella delle impostazioni',
    oldElectron:
      'Questa build usa Electron {{version}}, che non riceve più correzioni di sicurezza: non è stato possibile scaricare quello ufficiale quando è stata creata. È per sviluppo e test. Non distribuirla.',
    trust: 'I nostri impegni',
    rules: {
      start:
        'Non si calcola alcun hash prima che tu accetti e prema Avvia. Fino ad allora, un pool viene contattato solo quando lo verifichi o ne misuri la latenza.',
      visible:
        'Durante il mining, una finestra o un’icona nell’area di notifica è visibile con il nome dell’app.',
      fee: 'Mini per il tuo indirizzo. La commissione è dello 0%.',
      practice: 'Pratica e misurazioni non inviano lavoro a nessuno.',
      rights:
        'Non si dà mai da sé i diritti di amministratore. Mostra i comandi che li richiedono, e ne esegue uno solo quando premi «Esegui comando» e la richiesta del sistema stesso lo permette.',
      system: 'Non carica driver e non cambia impostazioni di antivirus o di energia.',
      updates: 'Non scarica programmi a tua insaputa.',
      quit: 'Uscendo non resta alcun processo.',
      privacy: 'Log e rapporti omettono il tuo indirizzo. Nessuna telemetria.',
    },
    files: 'Questi file sono autentici?',
    filesHint:
      'Confronta ogni file di quest’app con l’elenco firmato al momento del rilascio. Non si invia nulla.',
    filesCompare: 'Confronta file',
    filesComparing: 'Confronto…',
    filesUnsigned:
      'Questa build è senza elenco firmato, come quelle di sviluppo. Non si può dire da cosa sia stata fatta.',
    filesSame_one: '{{count}} file è come è stato rilasciato ({{signedAs}}).',
    filesSame_many: 'Tutti i {{count}} file sono come sono stati rilasciati ({{signedAs}}).',
    filesSame_other: 'Tutti i {{count}} file sono come sono stati rilasciati ({{signedAs}}).',
    filesDiffer:
      'Questi file non sono come sono stati rilasciati. Installa di nuovo l’app da una fonte di cui ti fidi.',
    filesChanged: 'Modificati: {{files}}',
    filesMissing: 'Mancanti: {{files}}',
    filesAdded: 'Non nostri: {{files}}',
    filesOutside:
      'Un programma modificato può mentire su sé stesso. Dall’esterno, con la chiave pubblicata sulla pagina web:',
    licences: 'Licenze',
    licence: 'Ibctminer è software libero con licenza MIT.',
    builtWith: 'Realizzato con',
    links: 'Scopri di più',
    howMiningWorks: 'Come funziona il mining',
    hugePages: 'Cosa sono le huge page',
    source: 'Codice sorgente',
    getWallet: 'Procurati un wallet',
  },
  connections: {
    title: 'Connessioni',
    hint: 'Tutto ciò a cui l’app si connette o su cui è in ascolto. I nomi che vi compaiono si chiedono al server dei nomi del tuo sistema. Non si contatta nient’altro.',
    purpose: 'A che scopo',
    place: 'Dove',
    last: 'Ultima apertura',
    bytes: 'Inviati / ricevuti',
    bytesHint: 'I byte si contano dall’avvio dell’app, cifratura compresa.',
    state: 'Ora',
    never: 'Non dall’avvio',
    on: 'Attiva',
    off: 'Inattiva',
    anyPort: '{{host}}, qualsiasi porta libera',
    purposes: {
      pool: 'Pool: lavoro e share, con l’indirizzo del tuo wallet. Mentre mini, e quando lo verifichi.',
      node: 'Nodo: blocchi da minare, con l’indirizzo del tuo wallet. Mentre mini, e quando lo verifichi.',
      nodeNews: 'Nodo: notizie di blocchi, mentre mini.',
      latency:
        'Pool noto: connessione e subito disconnessione, per misurarne la latenza. Non si invia nulla. Quando lo chiedi.',
      account:
        'API web del pool: il tuo saldo, chiesto con l’indirizzo del tuo wallet. Ogni cinque minuti mentre mini o lo guardi, se l’hai attivato.',
      practice: 'Pool di pratica, dentro l’app. Mentre fai pratica.',
      updates:
        'Nuove versioni: due piccoli file, nulla su di te. Una volta al giorno, se attivato nelle Impostazioni. Il programma stesso quando premi Scarica.',
      api: 'API di monitoraggio: i programmi su questo computer chiedono, l’app risponde. Se attivata nelle Impostazioni.',
    },
  },
  uninstall: {
    title: 'Disinstalla',
    hint: 'Mostra tutto ciò che l’app ha creato su questo computer, e rimuove ciò che non vuoi tenere.',
    open: 'Disinstalla…',
    askTitle: 'Disinstallare Ibctminer?',
    askText:
      'Questo è tutto ciò che l’app ha creato su questo computer. Il mining si ferma, e ciò che non tieni viene eliminato per sempre. Le tue monete sono al sicuro: sono nel tuo wallet, non in quest’app.',
    nothing: 'L’app non ha scritto nulla su questo computer.',
    made: {
      settings: 'Impostazioni, indirizzo del wallet e pool',
      history: 'Storico del mining',
      logs: 'Log',
      tuning: 'Misurazioni delle prestazioni',
      marker: 'Segno che il mining è attivo',
      window: 'Dimensioni e posizione della finestra',
      loginItem: 'Apertura all’accesso',
      browser: 'Cache della finestra',
      lock: 'Segno che l’app è in esecuzione',
      update: 'Versione più recente, scaricata',
      folder: 'Cartella dell’app',
    },
    keep: {
      settings: 'Tieni impostazioni, indirizzo del wallet e pool',
      history: 'Tieni lo storico',
      tuning: 'Tieni le misurazioni delle prestazioni (le usa anche il miner da terminale)',
    },
    foreign: 'Non creati dall’app, quindi lasciati dove sono: {{names}}',
    confirm: 'Ferma il mining e rimuovi',
    removing: 'Rimozione…',
    doneTitle: 'Ibctminer ha fatto pulizia',
    partlyTitle: 'Non è stato possibile rimuovere tutto',
    doneText: 'Esci ora; qualsiasi altra cosa ne riscriverebbe una parte.',
    fates: {
      removed: 'Rimosso',
      kept: 'Conservato',
      atQuit: 'Sarà rimosso quando esci',
      afterQuit: 'Da eliminare dopo l’uscita',
      failed: 'Impossibile rimuovere: {{problem}}',
    },
    programTitle: 'Il programma stesso',
    program: {
      deb: 'L’ha installato il gestore di pacchetti del tuo sistema. Rimuovilo con:',
      appImage: 'È un singolo file. Eliminalo con:',
      folder: 'È la cartella che hai estratto. Eliminala con:',
      nsis: 'Rimuovilo in «App installate» di Windows, o con:',
      mac: 'Spostalo nel Cestino, o eliminalo con:',
      source: 'Viene eseguito dal suo codice sorgente. Eliminalo con:',
    },
    hugePagesTitle: 'Huge page',
    hugePages_one:
      '{{count}} huge page è riservata. L’app non lo fa mai senza che le sia chiesto. Se era per il mining, annulla con:',
    hugePages_many:
      '{{count}} huge page sono riservate. L’app non lo fa mai senza che le sia chiesto. Se era per il mining, annulla con:',
    hugePages_other:
      '{{count}} huge page sono riservate. L’app non lo fa mai senza che le sia chiesto. Se era per il mining, annulla con:',
    quit: 'Esci',
  },
  close: {
    title: 'Chiudere Ibctminer?',
    mining: 'Il mining può continuare in background, con un’icona nell’area di notifica.',
    idle: 'L’app può restare nell’area di notifica. Al momento non sta minando.',
    noTray:
      'Questo desktop non ha un’area di notifica, quindi l’app non può continuare in background.',
    background: 'Continua in background',
    quit: 'Esci',
    quitMining: 'Ferma il mining ed esci',
    remember: 'Ricorda la mia scelta',
  },
  problem: {
    internal: 'Qualcosa è andato storto dentro l’app: {{reason}}',
    poolUrlEmpty: 'Inserisci l’indirizzo di un pool, come pool.example.com:3333.',
    poolUrlWebPage:
      '{{scheme}}:// è una pagina web. Cerca lì l’indirizzo della porta di mining del pool, come pool.example.com:3333. Per il tuo monerod, scrivi daemon+http://host:porta.',
    poolUrlScheme:
      '{{scheme}}:// non è supportato. Scrivi host:porta, stratum+tcp://host:porta o stratum+ssl://host:porta.',
    poolUrlHost:
      '«{{host}}» non è un nome host né un indirizzo valido. Controlla che sia scritto bene.',
    poolUrlHostMissing: 'Manca l’host. Scrivi host:porta, come pool.example.com:3333.',
    poolUrlBrackets: 'Metti un indirizzo IPv6 tra parentesi quadre: [{{address}}]:3333.',
    poolUrlPort: '«{{port}}» non è una porta valida. Le porte sono numeri da 1 a 65535.',
    poolUrlPortMissing: 'Manca la porta. Scrivi host:porta, come pool.example.com:3333.',
    poolUrlLogin:
      'Scrivi l’indirizzo senza login: {{place}}. Il login ha un campo proprio (--login e --pass nel terminale).',
    connectionTimedOut:
      '{{place}} non ha risposto in tempo. Controlla l’host, la porta e la tua connessione a internet.',
    connectionRefused: '{{place}} ha rifiutato la connessione. Controlla la porta.',
    connectionFailed:
      'Impossibile raggiungere {{place}} ({{reason}}). Controlla l’host, la porta e la tua connessione a internet.',
    hostUnreachable:
      '{{place}} non è raggiungibile da qui. Controlla la tua connessione a internet.',
    hostNotFound: '{{host}} non è stato trovato. Controlla che sia scritto bene.',
    nameServersSilent:
      'Impossibile risolvere {{host}}: nessun server dei nomi ha risposto. Controlla la tua connessione a internet.',
    proxyUnreachable: 'Impossibile usare il proxy. {{why}}',
    proxyFailed:
      'Il proxy non è riuscito a raggiungere {{place}} ({{reason}}). Controlla l’indirizzo del pool e il log del proxy.',
    tlsFailed: '{{place}} non ha risposto tramite TLS. Disattiva TLS, o usa la porta TLS del pool.',
    tlsExpected: 'È una porta TLS. Attiva TLS per questo pool.',
    certificateNotTrusted:
      'Il certificato non è attendibile. {{why}} Accettalo solo se sai che la sua impronta è {{fingerprint}}, o scegli un altro pool.',
    certificateNotPinned:
      'Il certificato non è quello che hai fissato: atteso {{pinned}}, trovato {{found}}. Qualcuno potrebbe intercettare la connessione. Se è stato annunciato un nuovo certificato, fissa quello.',
    certificateChanged:
      'Il certificato è cambiato da {{first}} a {{found}}, e nessuna autorità nota garantisce il nuovo. Qualcuno potrebbe intercettare la connessione. Se hai riavviato il tuo P2Pool, avvia di nuovo il mining per accettarlo.',
    certificateExpired: 'È scaduto. Data di scadenza: {{day}}.',
    certificateNotYetValid:
      'Non è ancora valido. Inizio di validità: {{day}}. Controlla l’orologio di questo computer.',
    certificateSelfSigned: 'È autofirmato.',
    certificateUnknownAuthority: 'Nessuna autorità nota a questo computer lo garantisce.',
    certificateOfAnother: 'È stato rilasciato per {{names}}, non per {{name}}.',
    certificateUnverified: 'Impossibile verificarlo ({{reason}}).',
    loginTimedOut: 'Il pool non ha risposto al login entro {{waitMs, duration}}.',
    loginTooLong: 'Login, password e nome del rig sono troppo lunghi insieme. Accorciali.',
    loginMalformed: 'Il pool ha accettato il login senza dare un ID di sessione.',
    sessionIdTooLong: 'L’ID di sessione del pool è troppo lungo per essere rimandato.',
    loginRefused:
      'Il pool ha rifiutato il login: «{{said}}». Controlla l’indirizzo del wallet e le impostazioni del pool.',
    loginFailed: 'Il pool ha rifiutato il login: «{{said}}».',
    loginFailedSilently: 'Il pool ha rifiutato il login senza dire perché.',
    poolNotReady: 'Il pool al momento non può accettare il login: «{{said}}».',
    banned: 'Il pool ha bloccato per un po’ questo computer: «{{said}}».',
    sessionLost: 'Il pool ha dimenticato questa sessione: «{{said}}».',
    noJob: 'Il pool ha accettato il login ma non ha inviato job entro {{waitMs, duration}}.',
    noJobForLong: 'Il pool non invia job da {{waitMs, roughly}}.',
    sharesUnanswered_one: 'Il pool non ha risposto all’ultima share.',
    sharesUnanswered_many: 'Il pool non ha risposto alle ultime {{count}} share.',
    sharesUnanswered_other: 'Il pool non ha risposto alle ultime {{count}} share.',
    noShareCounts_one: 'L’ultima share non è stata conteggiata. {{why}}',
    noShareCounts_many: 'Nessuna delle ultime {{count}} share è stata conteggiata. {{why}}',
    noShareCounts_other: 'Nessuna delle ultime {{count}} share è stata conteggiata. {{why}}',
    sharesRefusedForNow:
      'Cinque share di fila sono state rifiutate. {{why}} L’app riprova questo pool più tardi.',
    sharesRefused:
      'Cinque share di fila sono state rifiutate. {{why}} Il mining su questo pool è stato fermato perché i risultati di questo computer potrebbero essere sbagliati. Annulla ogni overclock, o prova un altro pool.',
    poolNotReading: 'Il pool ha smesso di leggere ciò che gli viene inviato.',
    tooMuchData: 'Il pool invia molti più dati di quanti un pool dovrebbe. Controlla la porta.',
    lineTooLong: 'Il pool ha inviato una riga senza fine. Controlla la porta.',
    notStratum: 'Il pool non parla il protocollo stratum. Controlla la porta.',
    webServer: 'Questa porta è di un server web. Cerca la porta di mining del pool.',
    closed: 'Il pool ha chiuso la connessione.',
    closedAtOnce: 'Il pool ha chiuso la connessione senza rispondere.',
    closedAtOnceTlsPerhaps:
      'Il pool ha chiuso la connessione senza rispondere. Se è una porta TLS, attiva TLS per questo pool.',
    connectionBroken: 'Il pool ha interrotto la connessione.',
    connectionDied: 'La connessione è caduta: il pool ha smesso di rispondere.',
    connectionEnded: 'La connessione è terminata ({{reason}}).',
    connectionRenewed: 'Il computer era sospeso, o la sua rete è cambiata. Riconnessione.',
    jobMalformed:
      'Il pool ha inviato un job in cui {{member}} manca o è danneggiato. È stato ignorato.',
    jobsMalformed: 'Il pool invia job danneggiati. {{why}}',
    jobIdTooLong: 'Il pool ha inviato un job il cui ID è troppo lungo per essere rimandato.',
    algorithmUnknown:
      'Il pool ha inviato un job per «{{said}}», che non è l’algoritmo di Monero. Scegli un altro pool o un’altra porta.',
    algorithmNotWanted:
      'Il pool ha inviato un job per {{algorithm}}, ma si può minare solo {{wanted}}. Scegli un altro pool o un’altra porta.',
    blockVersionUnknown:
      'Il pool ha inviato un blocco di versione {{version}}, che quest’app non può minare. Scegli un altro pool o un’altra porta.',
    blockLayoutUnknown:
      'Il pool ha inviato un blocco di struttura sconosciuta. Scegli un altro pool o un’altra porta, o cerca un aggiornamento di quest’app.',
    seedHashMissing:
      'Il pool ha inviato un job RandomX senza seed hash, che nessuno può minare. Scegli un altro pool o un’altra porta.',
    jobGone: 'Il job della share appartiene a una connessione precedente.',
    jobWithdrawn: 'Il pool ha sostituito il job della share con uno che non si può minare.',
    difficultyRaised: 'Il pool ha nel frattempo alzato la difficoltà di questo job.',
    blockChanged: 'Il pool è passato a un altro blocco prima che la share fosse trovata.',
    shareBelowTarget:
      'Il motore ha trovato una share che non raggiunge il suo obiettivo. Non è stata inviata.',
    shareNonceDiffers:
      'Il nonce della share è diverso da quello nel suo blob. Non è stata inviata.',
    shareNonceReserved: 'Il nonce della share usa un byte riservato al pool. Non è stata inviata.',
    shareRepeated: 'La stessa share è stata trovata due volte. È stata inviata una volta.',
    tooManyShares: 'Il pool chiede così poco lavoro per share che questa non è stata inviata.',
    notConnected: 'Non c’era una connessione su cui inviare la share.',
    shareUnanswered: 'Il pool non ha risposto a questa share entro un minuto.',
    shareCutOff: 'La connessione è terminata prima che il pool rispondesse a questa share.',
    poolLeft: 'L’app ha lasciato il pool prima che rispondesse a questa share.',
    shareLate: 'La share è arrivata al pool troppo tardi: «{{said}}».',
    shareRefused: 'Il pool ha rifiutato una share: «{{said}}».',
    shareRefusedSilently: 'Il pool ha rifiutato una share senza dire perché.',
    poolGivesNoWork: 'Questo pool non dà lavoro, ma un altro del tuo elenco sì.',
    earlierPoolWorks: 'Un pool più in alto nel tuo elenco funziona di nuovo.',
    noPoolLeft: 'Nessun pool dell’elenco funziona. {{why}}',
    nodeUrlEmpty: 'Inserisci l’indirizzo di un monerod, come 127.0.0.1:18081.',
    nodeUrlScheme:
      'monerod non è raggiungibile con {{scheme}}://. Scrivi host:porta, http://host:porta o https://host:porta.',
    nodeUrlLogin:
      'Il login in questo indirizzo non è leggibile. Scrivi utente:password@host:porta, con %40 per @, %3A per :, %2F per / e %25 per %.',
    nodeUrlPath: '«{{path}}» dopo l’indirizzo del nodo non è un percorso valido. Toglilo.',
    nodeUrlQuery:
      '«{{query}}» non è supportato. Dopo l’indirizzo può esserci solo ?zmq=PORT, la porta di --zmq-pub di monerod.',
    nodeLoginNeeded:
      'Il nodo chiede un login. Inserisci nome utente e password del suo --rpc-login.',
    nodeLoginRefused: 'Il nodo ha rifiutato il nome utente o la password. Controllali entrambi.',
    nodeLoginUnknown: 'Il server davanti al nodo chiede un tipo di login che non è supportato.',
    nodeLoginInClear:
      'Il server davanti al nodo vuole la password in chiaro. Usa TLS (https://), così nessuno può leggerla.',
    nodeRefused: 'Il nodo ha risposto: «{{said}}».',
    nodeHttpStatus:
      'Il nodo ha risposto con lo stato HTTP {{status}}. Controlla che questa sia la porta RPC di monerod, e il percorso, se c’è.',
    nodeNotMonerod:
      'Ciò che risponde lì non è monerod (richiesto: {{asked}}). Controlla che questa sia la sua porta RPC.',
    nodeAnswerTooLong:
      'La risposta del nodo è troppo lunga. Controlla che questa sia la porta RPC di monerod.',
    nodeTimeout: 'Il nodo non ha risposto entro {{limitMs, duration}}.',
    nodeClosed:
      '{{place}} ha chiuso la connessione senza rispondere. Controlla che monerod sia in esecuzione e che questa sia la sua porta RPC. Potrebbe anche richiedere TLS (https://).',
    nodeNotHttp:
      '{{place}} non parla HTTP. Controlla che questa sia la porta RPC di monerod. Potrebbe anche richiedere TLS (https://).',
    nodeConnectionLost: 'La connessione a {{place}} è fallita ({{reason}}).',
    nodeWrongNetwork:
      'Il nodo è su {{nodeNetwork}}, ma l’indirizzo del wallet è su {{network}}. Usa un nodo di quella rete.',
    nodeSyncing: 'Il nodo si sta ancora sincronizzando. Il mining parte da solo quando ha finito.',
    nodeSyncingAt:
      'Il nodo si sta ancora sincronizzando (blocco {{height, integer}} di {{target, integer}}). Il mining parte da solo quando ha finito.',
    nodeUntrusted:
      'Il nodo si sta ancora sincronizzando e riporta ciò che dice un altro nodo, quindi non potrebbe pubblicare un blocco. Il mining parte da solo quando ha finito.',
    nodeAddressRefused: 'Il nodo non accetta questo indirizzo del wallet. Controllalo.',
    nodeSubaddress:
      'Il mining in solo richiede un indirizzo principale, che inizia con 4. Questo è un sottoindirizzo.',
    nodeIntegrated:
      'Un nodo scarta l’ID di pagamento di un indirizzo integrato, quindi nessuno saprebbe a chi spetta una ricompensa. Il mining in solo richiede un indirizzo principale.',
    nodeOldBlock:
      'Il nodo chiede un blocco di versione {{version}}, precedente a RandomX. Controlla che il nodo sia sincronizzato.',
    nodeUnknownLayout:
      'Il nodo chiede un blocco di struttura sconosciuta (versione {{version}}). Cerca un aggiornamento di quest’app.',
    nodeOtherAlgorithm: 'Il nodo chiede {{algorithm}}, ma si può minare solo {{only}}.',
    nodeUnproven:
      'Nulla prova che {{host}} sia il tuo nodo. Chiunque si trovi nel mezzo può distribuire lavoro che paga qualcun altro. Usa TLS con un certificato di cui ti fidi.',
    nodeNoPublisher: '{{place}} non è il publisher ZMQ di monerod.',
    nodeNotAnnouncing:
      'Il nodo non annuncia i nuovi blocchi, quindi l’app glieli chiede una volta al secondo. Controlla --zmq-pub di monerod. {{reason}}',
    blockSuperseded:
      'La catena ha un blocco più recente di quello su cui si basa questa soluzione.',
    blockTemplateUsed:
      'Questo blocco ha già una soluzione. Una seconda non può entrare nella catena.',
    blockTooEasy: 'L’hash non raggiunge la difficoltà del blocco.',
    blockOrphaned: 'Un altro blocco della stessa altezza è arrivato prima.',
    blockMissing: 'Il nodo ha accettato il blocco ma non ce l’ha.',
    blockUndelivered: 'Impossibile consegnare il blocco prima che fosse troppo tardi. {{reason}}',
    blockUnanswered: 'L’app ha lasciato il nodo prima che rispondesse a questa soluzione.',
    practiceNoServer: 'Impossibile avviare il pool di pratica su questo computer: {{reason}}.',
    addressMissing: 'Inserisci il tuo indirizzo Monero.',
    addressOtherCoin:
      'Questo sembra un indirizzo di {{coin}}. Inserisci un indirizzo Monero, che inizia con 4 o 8.',
    addressIsSecret:
      'Questa sembra una seed phrase o una chiave segreta. Non darla mai a nessuno: chi ce l’ha può prendersi i tuoi soldi. Inserisci l’indirizzo del tuo wallet, che inizia con 4 o 8.',
    addressIsName:
      '«{{name}}» è un nome, non un indirizzo. L’app non risolve nomi. Inserisci l’indirizzo Monero stesso, che il tuo wallet mostra.',
    addressWithMail:
      'Questo è un indirizzo seguito dal nome di un worker o da un’e-mail. Inserisci solo l’indirizzo. Se il pool vuole altro nel login, usa il campo del login (--login nel terminale).',
    addressGap_one:
      'C’è uno spazio o un’interruzione di riga dopo il primo carattere. Copia di nuovo l’indirizzo tutto intero.',
    addressGap_many:
      'C’è uno spazio o un’interruzione di riga dopo il carattere {{count}}. Copia di nuovo l’indirizzo tutto intero.',
    addressGap_other:
      'C’è uno spazio o un’interruzione di riga dopo il carattere {{count}}. Copia di nuovo l’indirizzo tutto intero.',
    addressForeign:
      'Il carattere {{position}} è sbagliato: «{{character}}» non compare mai in un indirizzo Monero. Copia di nuovo l’indirizzo.',
    addressInvisible:
      'Il carattere {{position}} è invisibile ({{character}}) e non fa parte di un indirizzo. Copia di nuovo l’indirizzo, senza nulla intorno.',
    addressTooShort_one:
      'Manca un carattere: un indirizzo ne ha 95. Copia di nuovo l’indirizzo intero.',
    addressTooShort_many:
      'È troppo corto per un indirizzo Monero: mancano {{count}} caratteri su 95. Copia di nuovo l’indirizzo intero.',
    addressTooShort_other:
      'È troppo corto per un indirizzo Monero: mancano {{count}} caratteri su 95. Copia di nuovo l’indirizzo intero.',
    addressOneTooMany:
      'C’è un carattere di troppo: un indirizzo ne ha 95. Copia di nuovo l’indirizzo intero.',
    addressTooLong:
      'Qui ci sono {{length}} caratteri. Un indirizzo Monero ne ha 95, uno integrato 106. Copia di nuovo l’indirizzo intero.',
    addressWrongCharacter:
      'Un carattere è sbagliato: quello in posizione {{position}}. Copia di nuovo l’indirizzo dal tuo wallet.',
    addressSwapped:
      'Due caratteri vicini sono scambiati: posizioni {{first}} e {{second}}. Copia di nuovo l’indirizzo dal tuo wallet.',
    addressChecksum:
      'Alcuni caratteri di questo indirizzo sono sbagliati: il checksum non corrisponde. Copia di nuovo l’indirizzo dal tuo wallet.',
    addressUnknownKind:
      'Questo non è un indirizzo Monero, benché il checksum sia giusto. Copia di nuovo l’indirizzo dal tuo wallet.',
    addressTestNetwork:
      'Questo è un indirizzo di {{network}}, che non contiene denaro vero. Inserisci un indirizzo della rete principale di Monero.',
    addressWrongNetwork:
      'Questo è un indirizzo di {{network}}. Inserisci un indirizzo di {{wanted}}.',
    addressLinkOfWallet:
      'Questo link contiene le chiavi di un wallet. Non incollarlo mai da nessuna parte. Inserisci solo l’indirizzo, che inizia con 4 o 8.',
    addressLinkMalformed:
      'Questo link di pagamento non è leggibile. Inserisci solo l’indirizzo, che inizia con 4 o 8.',
    addressLinkPaymentId:
      'Questo link di pagamento ha un ID di pagamento, che il mining non può trasmettere, quindi le tue ricompense potrebbero andare perse. Usa l’indirizzo di un wallet tuo.',
    pictureUnreadable: 'Impossibile leggere l’immagine: {{reason}}. Scegline un’altra.',
    pictureTooLarge:
      'Questa immagine è troppo grande: il limite è di 10 MB e 40 megapixel. Ritagliala lasciando solo il codice QR, poi riprova.',
    pictureUnknown:
      'Questa non è un’immagine PNG o JPEG, o è danneggiata. Salva il codice QR in uno di questi formati, poi riprova.',
    pictureWithoutQr:
      'Nessun codice QR trovato in questa immagine. Ritagliala lasciando solo il codice QR, o incolla l’indirizzo.',
    walletRig: 'Il nome del rig dopo il punto può avere da 1 a 31 lettere, cifre, «-» e «_».',
    walletDifficulty:
      'Dopo il «+», scrivi la difficoltà delle share come numero intero, per esempio ADDRESS+10000.',
    engineMissing:
      'Manca il motore di mining. Installa di nuovo l’app o, nel repository, esegui «npm run set-up».',
    engineChanged:
      'Il motore di mining è stato modificato dopo la compilazione, quindi non è stato caricato. Installa di nuovo l’app o, nel repository, esegui «npm run set-up».',
    engineOutOfMemory:
      'Non c’è abbastanza memoria libera. La modalità leggera richiede circa 256 MiB, quella veloce circa 2,3 GiB. Chiudi altri programmi, poi avvia di nuovo.',
    enginePagesUnavailable:
      'Il sistema ha troppo poche pagine di memoria della dimensione richiesta. Scegli «auto».',
    engineSelfTestFailed:
      'Il motore ha calcolato un hash sbagliato nell’autoverifica, quindi non mina. Segnalalo insieme al modello della tua CPU.',
    engineThreadRefused: 'Il sistema ha rifiutato un altro thread. Scegli meno thread.',
    engineCpuUnsupported: 'A questa CPU manca un set di istruzioni di cui il motore ha bisogno.',
    engineAlgorithmUnknown: 'Questa versione del motore non conosce l’algoritmo. Aggiorna l’app.',
    engineFault: 'Il motore di mining ha avuto un errore: {{reason}}',
    engineWarning: 'Il motore di mining continua a funzionare ma segnala: {{reason}}',
    fastModeNeedsMemory:
      'La modalità veloce richiede circa 2,3 GiB di memoria libera, più di quanta questo computer ne abbia ora. Il mining continua in modalità leggera, che è diverse volte più lenta.',
    fastPathWrong:
      'Uno dei metodi veloci di calcolo ha dato un hash sbagliato nell’autoverifica e non viene usato. Segnalalo insieme al modello della tua CPU.',
    generatedCodeForbidden:
      'Il sistema vieta il codice generato, quindi si usa l’interprete, molto più lento. Consenti nel tuo software di sicurezza che quest’app esegua codice generato.',
    wrongShare:
      'Una share si è rivelata sbagliata quando è stata ricalcolata, quindi non è stata inviata. La CPU o la memoria è instabile: annulla ogni overclock e controlla la temperatura.',
    shareUnchecked:
      'È stata trovata una share, ma c’era troppo poca memoria libera per verificarla, quindi non è stata inviata. Chiudi altri programmi.',
    keyWaits:
      'C’è troppo poca memoria libera per la nuova chiave della rete. Il mining riprende da sé appena sono liberi circa 256 MiB. Chiudi altri programmi.',
    fewerThreads:
      'Il sistema ha rifiutato alcuni dei thread o la loro memoria. Il mining continua con gli altri.',
    uncleanExit:
      'Mining non avviato automaticamente: l’ultima volta Ibctminer non è terminato correttamente. Premi Avvia per minare.',
    noPlan: 'Non c’è ancora nulla su cui minare. Scegli prima un pool o la pratica.',
    noJobYet: 'Accesso effettuato, in attesa del primo job.',
    noncesExhausted: 'Tutti i nonce di questo job sono stati provati. In attesa del prossimo job.',
    stalled:
      'I thread di mining non completano un hash da 10 secondi. Il computer potrebbe essere molto occupato o essere stato sospeso.',
    answerNotAwaited: 'Il mining si è fermato prima che arrivasse la risposta a questa share.',
    consentMissing: 'Prima accetta di minare su questo computer.',
    noPool: 'Prima scegli un pool o la pratica.',
    noWallet: 'Prima inserisci l’indirizzo Monero per le tue ricompense.',
    measuring: 'Si sta misurando questo computer. Attendi la fine, o annulla.',
    notStarted: 'Impossibile avviare il mining. Premi di nuovo Avvia.',
    quitting: 'Ibctminer sta per chiudersi. Aprilo di nuovo per minare.',
    miningNow: 'Prima ferma il mining. Falserebbe la misurazione.',
    oldConsent: 'Il testo è cambiato. Leggilo di nuovo prima di accettare.',
    noTrial: 'La potenza massima è già finita. Provala di nuovo per mantenerla.',
    noPermission: 'permesso negato',
    diskReadOnly: 'il disco è di sola lettura',
    diskFull: 'il disco è pieno',
    fileTooLarge: 'il file è troppo grande',
    notAFile: 'non è un file',
    systemSaid: 'il sistema dice {{said}}',
    notJson: 'la riga {{line}}, colonna {{column}}, non è JSON valido',
    settingsWrong: '«{{where}}» è sbagliato',
    notSettings: 'il file non contiene impostazioni',
    settingsFromNewer: 'sono state scritte da una versione più recente di quest’app',
    settingsSetAside:
      'Impossibile leggere le tue impostazioni: {{fault}}. L’app è partita con impostazioni nuove e ha conservato il vecchio file come {{aside}}.',
    settingsUnusable:
      'Impossibile leggere le tue impostazioni in {{file}}: {{reason}}. L’app è partita con impostazioni nuove e non tocca quel file, quindi le tue modifiche durano solo finché non esci. Correggi il file o i suoi permessi, poi avvia di nuovo l’app.',
    settingsNotKept:
      'Le tue modifiche alle impostazioni durano solo finché non esci: non si può scrivere in {{folder}} ({{reason}}).',
    settingsUnwritable:
      'Impossibile salvare le impostazioni in {{file}}: {{reason}}. Controlla lo spazio libero e i permessi, poi riprova.',
    tuningUnwritable:
      'Impossibile salvare la misurazione in {{file}}: {{reason}}. Controlla lo spazio libero e i permessi, poi misura di nuovo.',
    historyUnwritable:
      'Impossibile salvare lo storico in {{folder}}: {{reason}}. Il mining continua, e fino a un giorno di storico resta in memoria finché non si potrà salvare.',
    historyUndeletable:
      'Impossibile eliminare lo storico in {{folder}}: {{reason}}. Controlla i permessi dei suoi file, poi riprova.',
    exportUnwritable:
      'Impossibile esportare lo storico in {{file}}: {{reason}}. Scegli un’altra cartella, o libera spazio.',
    logUnwritable:
      'Impossibile salvare il log in {{folder}}: {{reason}}. Il mining continua, e le ultime righe restano in memoria.',
    logUnexportable:
      'Impossibile esportare il log in {{file}}: {{reason}}. Scegli un’altra cartella, o libera spazio.',
    folderUnopenable: 'Impossibile aprire la cartella {{folder}}: {{said}}.',
    historyDamaged:
      'Parte dello storico in {{file}} non è leggibile ed è stata tralasciata. Il resto va bene.',
    addressReplaced:
      'Qualcuno ha cambiato l’indirizzo del wallet nel file delle impostazioni. Il mining continua per l’indirizzo che hai confermato.',
    markerUnwritable:
      'Impossibile scrivere {{file}} ({{reason}}). Se l’app si arresta in modo anomalo durante il mining, al prossimo avvio non lo saprà.',
    markerUnremovable:
      'Impossibile rimuovere {{file}} ({{reason}}). Al prossimo avvio sembrerà che l’app si sia arrestata in modo anomalo.',
    badInput: 'La finestra ha chiesto qualcosa che l’app non conosce ({{channel}}: {{reason}}).',
    untrustedSender: 'Questa pagina non può controllare Ibctminer.',
    placeIsOfNode: 'Questo è l’indirizzo di un nodo. Scegli «Il mio nodo» per minare su di esso.',
    placeIsOfPool: 'Questo è l’indirizzo di un pool, non di un nodo.',
    loginItemUnwritable:
      'Impossibile cambiare l’apertura all’accesso ({{reason}}). Cambiala nelle impostazioni del sistema.',
    optionUnknown: '«{{option}}» non è un’opzione. Vedi --help.',
    optionTakesNoValue: '--{{name}} non accetta valori.',
    optionNeedsValue: '--{{name}} richiede un valore: --{{name}} {{value}}.',
    optionTwice: '--{{name}} è stata indicata due volte. Indicala una volta sola.',
    optionInvalid: '--{{name}}: {{reason}}',
    optionNotWith: '--{{name}} non va insieme a --{{other}}. Toglila.',
    optionNotWithFile:
      'Il file indica i suoi pool e i loro login, quindi --{{name}} non va insieme a esso. Indica anche --pool, o cambia il file.',
    placeMissing: 'Di’ dove minare: --pool HOST:PORT, --daemon URL o --practice (vedi --help).',
    placesTooMany: 'Scegli tra --{{one}} e --{{other}}.',
    nodeLoginInUrl:
      'Un nodo prende il login nell’URL, non da --{{name}}: --daemon http://USER:PASSWORD@HOST:PORT.',
    poolIsNode: '--pool: «{{url}}» è l’indirizzo di un monerod. Usa invece --daemon.',
    walletMissingForNode:
      'Il mining su un monerod richiede --wallet ADDRESS, che riceve le ricompense.',
    walletMissingForPool: 'Il mining su un pool richiede --wallet ADDRESS (o --login TEXT).',
    walletAndLogin: 'Indica --wallet o --login, non entrambe.',
    nodeNeedsPrimaryAddress:
      '--wallet: il mining su un monerod richiede un indirizzo principale e nient’altro. Inizia con 4 e ha 95 caratteri.',
    fingerprintInvalid:
      '--tls-fingerprint accetta lo SHA-256 di un certificato: 64 cifre esadecimali.',
    algorithmNeedsPool: '--algo {{algorithm}} richiede un --pool che abbia quel lavoro.',
    threadsInvalid:
      '--threads accetta su questo computer un numero da 1 a {{most}}, non «{{given}}».',
    choiceInvalid: '--{{name}} accetta uno di questi valori: {{choices}}; non «{{given}}».',
    durationInvalid: '--duration accetta secondi, più di 0 e al massimo {{most}}, non «{{given}}».',
    tuneNotWith: '--tune misura e non mina, quindi non va insieme a --{{name}}.',
    apiTokenAlone: '--api-token è per l’API HTTP. Indica anche una porta: --api-port N.',
    apiPortInvalid: '--api-port accetta un numero da 1 a 65535, non «{{given}}».',
    apiTokenInvalid:
      'L’API HTTP richiede --api-token TEXT: {{least}} o più caratteri ASCII senza spazi, che chi la legge deve inviare.',
    configTooLong: 'Il file «{{file}}» è troppo grande per essere un elenco di opzioni.',
    configUnreadable: 'Impossibile leggere il file «{{file}}»: {{reason}}',
    configNotJson:
      'Il file «{{file}}» non è JSON valido (riga {{line}}, colonna {{column}}). Scrivi qualcosa come {"practice": true}.',
    configNotAnObject:
      'Il file «{{file}}» deve contenere un oggetto, come {"practice": true}, o essere il config.json di XMRig.',
    configUnknownOption: 'In «{{file}}», «{{name}}» non è un’opzione. Usa i nomi di --help.',
    configNoFlag: 'In «{{file}}», «{{name}}» deve essere true o false.',
    configNoText: 'In «{{file}}», «{{name}}» deve essere un testo come {{wanted}}.',
    fileMissing: 'il file non esiste.',
    fileForbidden: 'non hai il permesso di leggerlo.',
    fileIsFolder: 'è una cartella.',
    fileFault: 'il sistema dice {{code}}.',
    xmrigNoPool: 'Il file di XMRig non ha alcun pool attivato.',
    xmrigNoUrl: 'non ha un indirizzo.',
    xmrigPoolSkipped: 'Il pool «{{pool}}» nel file di XMRig viene tralasciato: {{reason}}',
    xmrigNotOurs: '«{{what}}» qui non si può minare.',
    xmrigSelfSelect: 'il mining di template di blocco propri (self-select) non è supportato.',
    xmrigPrivateKey:
      'Il file di XMRig contiene una chiave privata (spend-secret-key). Ibctminer non ne legge mai. Cancellala dal file, poi riprova.',
    xmrigCpuOff:
      'Il file di XMRig disattiva il mining sulla CPU, e Ibctminer non mina su nient’altro.',
    xmrigIgnored: 'Queste impostazioni nel file di XMRig qui non hanno effetto: {{names}}.',
    xmrigDonation:
      'Il livello di donazione di XMRig non ha effetto: non ci sono donazioni né commissioni.',
    xmrigPriority:
      'Qui i thread di mining hanno sempre la priorità più bassa, qualunque cosa dica il file di XMRig.',
    xmrigMsr:
      'Ibctminer non cambia mai i registri della CPU (wrmsr). XMRig lo fa se eseguito come root, e guadagna qualche punto percentuale.',
    xmrigGpu: 'Ibctminer mina solo sulla CPU. OpenCL e CUDA vengono tralasciati.',
    xmrigPauses:
      'La pausa a batteria o mentre il computer è in uso è una funzione dell’app desktop.',
    xmrigApiNotLocal:
      'L’API HTTP nel file di XMRig è in ascolto su {{host}}. Qui risponde solo a questo computer, quindi resta disattivata. Usa --api-port.',
    xmrigApiToken:
      'L’API HTTP nel file di XMRig non ha un token di accesso di {{least}} o più caratteri, quindi resta disattivata. Usa --api-port e --api-token.',
    xmrigApiReadOnly: 'L’API HTTP qui è di sola lettura.',
    apiPortTaken: 'La porta {{port}} è già in uso. Scegline un’altra per l’API HTTP.',
    apiCannotListen:
      'L’API HTTP non è riuscita a mettersi in ascolto sulla porta {{port}} ({{reason}}). Scegline un’altra.',
    releaseKeyNone:
      'Questa build non ha una chiave di rilascio, quindi non può stabilire cosa sia autentico.',
    signatureUnreadable:
      'La firma non è leggibile, quindi nulla di ciò che copre è considerato attendibile.',
    signatureForeign:
      'Il file non è stato firmato con una chiave di Ibctminer, quindi non è considerato attendibile.',
    signatureWrong: 'La firma non corrisponde: il file è stato modificato dopo la firma.',
    releaseUnreadable: 'Ciò che il server dice della versione più recente non è leggibile.',
    fileListForeign: 'L’elenco dei file è firmato, ma non è quello di questa versione.',
    comparingNeedsMemory:
      'Il confronto richiede 5 GiB di memoria libera, per due dataset; liberi: {{bytes, gibibytes}}. Chiudi altri programmi e riprova.',
    commandFailed: 'Il comando non è riuscito: {{said}}',
    commandGone: 'Questo comando non è più adatto a questo computer. Ricontrolla.',
    promptOpen: 'La richiesta del sistema è già aperta. Prima rispondi a quella.',
    comparingEnded: 'La misurazione è stata interrotta prima della fine.',
    tariffUnreadable: 'Impossibile leggere {{file}}: {{reason}}. Scegli un altro file.',
    tariffColumns:
      'La riga {{line}} dovrebbe contenere un’ora e un prezzo, come 07:00;0,25, ma è «{{text}}». Dal file non è stato preso nulla.',
    tariffHour:
      'Riga {{line}}: «{{text}}» non è un’ora intera da 0 a 23, come 7 o 07:00. Dal file non è stato preso nulla.',
    tariffPrice:
      'Riga {{line}}: «{{text}}» non è un prezzo, come 0.25 o 0,25. Dal file non è stato preso nulla.',
    tariffTwice:
      'La riga {{line}} dà un secondo prezzo all’ora {{hour}}. Lascia solo le 24 ore di un giorno. Dal file non è stato preso nulla.',
    tariffMissing:
      'Nel file manca il prezzo per queste ore: {{hours}}. Dovrebbe contenere tutte le 24 ore di un giorno. Non ne è stato preso nulla.',
    poolApiFailed: 'Impossibile chiedere a {{host}} il tuo saldo. {{why}}',
    poolApiStatus: 'Ha risposto con lo stato HTTP {{status}}. Riprova più tardi.',
    poolApiRedirects:
      'Ha rimandato l’app a un altro server, e l’app non lo segue. L’API web del pool potrebbe essere stata spostata.',
    poolApiTooLong: 'La sua risposta supera {{size}} byte, quindi non è stata letta.',
    poolApiSilent: 'Non ha completato la risposta entro {{seconds}} s. Riprova più tardi.',
    poolApiBroken: 'La connessione si è interrotta ({{reason}}). Riprova più tardi.',
    poolApiStrange:
      'La sua risposta non è quella che quest’app si aspetta. L’API web del pool potrebbe essere cambiata.',
    poolApiNoAddress:
      'Non conosce ancora il tuo indirizzo. Lo conoscerà dopo la tua prima share lì.',
    releaseServer:
      'Impossibile interrogare il server degli aggiornamenti {{host}} ({{reason}}). Riprova più tardi.',
    updateChanged:
      'Ciò che è stato scaricato non è ciò che è stato firmato, quindi è stato eliminato. Riprova; se non basta, guarda nella pagina di download.',
    updateNotHere: 'Non c’è ancora nulla da installare. Scarica prima la versione più recente.',
    updateAwaitsBlock: 'Un blocco è in viaggio verso il tuo nodo. Installa quando sarà arrivato.',
    updateNotOpened: 'Il sistema non è riuscito ad aprire {{file}} ({{said}}).',
  },
  why: {
    needsConsent: 'Mining fermo: non hai ancora accettato di minare su questo computer.',
    notStartedYet: 'Mining non ancora avviato: parte quando premi Avvia.',
    stoppedByUser: 'Fermato da te.',
    over: 'Fermo: questa esecuzione è finita.',
    quitting:
      'Si chiude appena il tuo nodo ha preso il blocco che hai trovato. Esci di nuovo per rinunciarvi.',
    connecting: 'Connessione al pool o al nodo.',
    preparing: 'Preparazione del primo hash.',
    building: {
      only: 'Creazione del dataset, {{progress, percent}}.',
      mining:
        'Creazione del dataset, {{progress, percent}}. Nel frattempo mining in modalità leggera.',
      practising:
        'Creazione del dataset, {{progress, percent}}. Nel frattempo pratica in modalità leggera, che non rende nulla.',
    },
    mining: {
      fast: 'Mining in modalità veloce.',
      light: 'Mining in modalità leggera.',
    },
    practising: {
      fast: 'Pratica in modalità veloce, che non rende nulla.',
      light: 'Pratica in modalità leggera, che non rende nulla.',
    },
    paused: 'In pausa: {{reasons}}.',
    pausedFor: 'In pausa: {{reason}}, ancora {{remainingMs, duration}} (fine: {{end}}).',
    held: {
      heat_one: 'Limitato a {{count}} thread per non surriscaldare la CPU.',
      heat_many: 'Limitato a {{count}} thread per non surriscaldare la CPU.',
      heat_other: 'Limitato a {{count}} thread per non surriscaldare la CPU.',
      watts_one: 'Limitato a {{count}} thread per ridurre il consumo.',
      watts_many: 'Limitato a {{count}} thread per ridurre il consumo.',
      watts_other: 'Limitato a {{count}} thread per ridurre il consumo.',
    },
    notScheduledYet: 'In attesa, come da orari impostati. Prossimo avvio: {{end}}.',
    neverScheduled: 'Mining fermo: i tuoi orari non prevedono alcuna ora.',
    reasonUntil: '{{reason}} (fine: {{end}})',
    pausedBecause: {
      user: 'su tua richiesta',
      snooze: 'a tempo',
      battery: 'a batteria',
      inUse: 'stai usando il computer',
      schedule: 'fuori dagli orari',
      heat: 'la CPU è troppo calda',
      fullScreen: 'è in esecuzione un programma a schermo intero',
      metered: 'la connessione a internet è a consumo',
      listedProcess: 'è in esecuzione un programma del tuo elenco',
    },
    goesOn: {
      user: 'Premi «Riprendi» per continuare.',
      battery: 'Riprende con l’alimentazione di rete.',
      inUse: 'Riprende quando lasci stare il computer.',
      heat: 'Riprende quando si è raffreddata.',
      fullScreen: 'Riprende quando esci dallo schermo intero.',
      metered: 'Riprende con un’altra connessione.',
      listedProcess: 'Riprende quando è terminato.',
    },
    retrying: 'Nuovo tentativo tra {{retryInMs, duration}}. {{problem}}',
  },
  log: {
    connected: 'Connesso a {{place}}.',
    connectedEncrypted: 'Connesso a {{place}} tramite TLS.',
    connectedByTls: 'Connesso a {{place}} tramite TLS. SHA-256 del certificato: {{fingerprint}}.',
    connectedPractice: 'Connesso al pool di pratica, che non rende nulla.',
    loggedIn: 'Accesso effettuato.',
    job: 'Nuovo job: {{algorithm}}, difficoltà {{difficulty, integer}}.',
    jobAtHeight:
      'Nuovo job: {{algorithm}}, difficoltà {{difficulty, integer}}, altezza {{height}}.',
    jobRefused: 'Job rifiutato. {{problem}}',
    shareAccepted: 'Share accettata (difficoltà {{difficulty, integer}}, {{ms}} ms).',
    shareRejected: 'Share rifiutata. {{problem}}',
    shareStale: 'Share scaduta. {{problem}}',
    disconnected: '{{problem}} Prossimo tentativo tra {{retryInMs, duration}}.',
    givenUp: 'Nessun altro tentativo. {{problem}}',
    problem: '{{problem}}',
    notStartedAfterStop:
      'Mining non avviato automaticamente: l’ultima volta hai fermato il mining.',
    notStartedAfterCrash:
      'Mining non avviato automaticamente: l’ultima volta Ibctminer non è terminato correttamente.',
    stoppedByFault: 'Il mining è stato fermato da un errore interno: {{reason}}',
    newVersion: 'È disponibile la versione {{version}}. Le Impostazioni dicono come installarla.',
    fullPowerNotKept:
      'La potenza massima non è stata mantenuta. Si torna all’impostazione precedente.',
  },
  tray: {
    start: 'Avvia',
    stop: 'Ferma',
    power: 'Potenza',
    profile: {
      quiet: 'Silenziosa',
      balanced: 'Bilanciata',
      full: 'Massima',
    },
    shares: 'Share: {{accepted}} accettate, {{rejected}} rifiutate, {{stale}} scadute',
    open: 'Apri Ibctminer',
    settings: 'Impostazioni…',
    quitMining: 'Esci (ferma il mining)',
  },
  notification: {
    hidden:
      'Ibctminer resta in esecuzione nell’area di notifica. Usa il suo menu per fermare il mining o uscire.',
    blockUnderWay:
      'Hai trovato un blocco. Ibctminer si chiude appena il tuo nodo l’ha preso, entro due minuti. Esci di nuovo per chiudere subito.',
    goesOn: 'Il mining riprende.',
    poolDown: '{{host}} non dà lavoro da 2 minuti.',
    poolDownBecause: '{{host}} non dà lavoro da 2 minuti. {{why}}',
    poolBack: '{{host}} è di nuovo attivo.',
    noShares:
      'Nessuna share per {{times}} volte il tempo previsto. Apri Storico per saperne di più.',
    rejects: 'Il pool sta rifiutando il {{part, percent}} delle tue share.',
  },
  dialog: {
    quitStops: 'Uscendo il mining si ferma',
    quitStopsDetail:
      'Non si trovano altre share finché non apri Ibctminer e avvii di nuovo il mining.',
    noSandbox: 'Ibctminer non funziona senza la sua sandbox',
    noSandboxDetail:
      'È stato avviato con --no-sandbox, con cui un difetto nella finestra potrebbe raggiungere i tuoi file. Avvialo senza quell’opzione; se il tuo sistema vieta la sandbox, installa il pacchetto Debian, che include il permesso necessario.',
    pictures: 'Immagini',
    tables: 'Tabelle (CSV)',
    pageFails: 'La finestra continua ad arrestarsi',
    pageFailsDetail: 'Il mining non ne risente. Riprova, o esci e ferma il mining.',
  },
  terminal: {
    what: 'Mina Monero con la tua CPU, nel terminale.',
    options: '[opzioni]',
    exit: 'Ctrl+C ferma. Codice di uscita: 0 dopo un arresto, 2 per uso errato, 1 per un errore che pone fine al mining.',
    option: {
      pool: 'mina su questo pool; ripetila per aggiungere riserve',
      daemon: 'mining in solo su un monerod: http://127.0.0.1:18081[/?zmq=PORT]',
      practice: 'mina sul pool di pratica integrato: lavoro vero, nessun guadagno',
      wallet: 'il tuo indirizzo Monero, anche ADDRESS+DIFF o ADDRESS.RIG',
      login: 'inviato al pool esattamente come scritto, al posto di --wallet',
      pass: 'password per il pool (predefinita: x)',
      tls: 'usa TLS; il primo certificato viene mostrato e fissato per questa esecuzione',
      'tls-fingerprint': 'SHA-256 dell’unico certificato da accettare',
      'rig-id': 'nome di questo computer, mostrato dal pool',
      socks5: 'raggiungi il pool tramite questo proxy',
      threads: 'numero di thread di mining',
      mode: 'fast richiede 2,3 GiB di memoria, light 256 MiB',
      algo: 'accetta solo job di questo algoritmo',
      'api-port': 'API HTTP di sola lettura su 127.0.0.1, per dashboard',
      'api-token': 'ciò che chi legge l’API deve inviare; 8 o più caratteri',
      inspect: 'mostra ogni messaggio dal pool e al pool, senza il tuo indirizzo',
      tune: 'misura questo computer per circa un minuto e tieni le impostazioni più veloci; non mina',
      'no-learning': 'non provare altre impostazioni (thread, hash in parallelo) durante il mining',
      config: 'leggi le opzioni da un file JSON, con i nomi usati qui, o dal config.json di XMRig',
      duration: 'ferma dopo questo numero di secondi',
      json: 'scrivi un oggetto JSON per riga',
      help: 'mostra questo aiuto',
      version: 'mostra la versione',
    },
    demonstration:
      'Dimostrazione: {{shares}} share sul pool di pratica dentro questo programma. Non rende nulla. Ctrl+C la termina.',
    status:
      '{{h10s}} 10 s · {{h60s}} 60 s · {{h15m}} 15 min · {{accepted}} accettate, {{rejected}} rifiutate, {{stale}} scadute',
    dataset: 'dataset {{progress, percent}}',
    practicePool: 'pool di pratica',
    api: 'API HTTP per dashboard: {{url}}/2/summary e {{url}}/metrics',
    ended:
      'Terminato dopo {{ms, duration}}: {{accepted}} accettate, {{rejected}} rifiutate, {{stale}} scadute, {{hashes, integer}} hash.',
    tuneBegins: 'Misurazione di questo computer per circa un minuto. Non si invia nulla a nessuno.',
    tunePoint: '{{threads}}, {{sideBySide}}: {{rate, hashrate}}',
    tuneKept: 'Salvato per {{algorithm}} in modalità {{mode}}: {{best}}',
    forReal: 'Per minare davvero, su un computer tuo o che hai il permesso di usare:',
    forRealAlone: 'O in solo sul tuo monerod:',
    allOptions: 'Tutte le opzioni:',
  },
};
