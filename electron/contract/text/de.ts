import type { Catalogue } from './catalogues.ts';

// Anrede: Sie. Substantiv Mining, Verb schürfen; der Share, der Pool, der Node, der Thread, die Difficulty; stale: veraltet; luck: Glück; effort: Aufwand; backup pool: Ersatzpool; health: Diagnose; practice: Übung; fast/light mode: schneller/leichter Modus; rewards: Erträge; power: Leistung, in Watt aber Verbrauch.
export const de: Catalogue = {
  app: {
    name: 'Ibctminer',
    what: 'Schürft Monero auf Ihrer eigenen CPU',
    title: 'Ibctminer · {{screen}}',
    loading: 'Wird gestartet…',
    noBridgeTitle: 'Diese Seite gehört in die App',
    noBridge: 'Öffnen Sie stattdessen Ibctminer. Im Browser hat diese Seite kein Gegenüber.',
    failedTitle: 'Die App konnte nicht geladen werden',
    retry: 'Erneut versuchen',
    silentTitle: 'Der Mining-Kern antwortet nicht',
    silent:
      'Die folgenden Werte sind {{ago}} alt. Wenn sich das nicht von selbst gibt, beenden Sie die App und öffnen Sie sie wieder. Beim Beenden stoppt das Mining.',
    practice: 'Übung',
    practiceBanner:
      'Übung: Die Hashes werden wirklich berechnet, aber nichts verlässt diesen Computer und nichts wird verdient.',
    addressChanged:
      'Jemand anderes hat die Wallet-Adresse in der Einstellungsdatei geändert: {{found}}. Die App verwendet weiterhin die von Ihnen bestätigte: {{confirmed}}.',
    addressNone: 'keine',
    addressKeep: 'Bestätigte Adresse behalten',
    addressUse: 'Andere Adresse verwenden',
    dismiss: 'Schließen',
    skipToContent: 'Zum Inhalt springen',
  },
  nav: {
    label: 'Hauptmenü',
    dashboard: 'Übersicht',
    history: 'Verlauf',
    pools: 'Pools',
    settings: 'Einstellungen',
    logs: 'Protokoll',
    health: 'Diagnose',
    about: 'Über',
  },
  commands: {
    title: 'Befehle',
    search: 'Befehle suchen',
    none: 'Kein solcher Befehl.',
    mining: 'Mining',
    screens: 'Gehe zu',
    settings: 'Einstellungen: {{section}}',
    pause15: '15 Minuten pausieren',
    pause60: '1 Stunde pausieren',
    pause240: '4 Stunden pausieren',
    pauseOpen: 'Pausieren, bis ich fortsetze',
    themeSystem: 'Design des Systems verwenden',
    themeLight: 'Helles Design verwenden',
    themeDark: 'Dunkles Design verwenden',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    zoomReset: 'Originalgröße',
    control: 'Ctrl',
  },
  tour: {
    title: 'Rundgang durch die Übersicht',
    show: 'Rundgang durch die Übersicht zeigen',
    progress: '{{step}} von {{count}}',
    next: 'Weiter',
    done: 'Fertig',
    never: 'Nicht mehr zeigen',
    steps: {
      state:
        'Hier oben sagt die App immer, ob sie schürft, und warum oder warum nicht. Starten und Stoppen sind daneben und wirken sofort.',
      hashrate:
        'Wie viele Hashes dieser Computer in jeder Sekunde probiert. Der Wert schwankt ein wenig, darum sagen die Mittelwerte über eine Minute und eine Viertelstunde mehr.',
      shares:
        'Ein Share ist ein Hash, der gut genug ist, um ihn dem Pool vorzulegen; der bezahlt jeden, den er akzeptiert. Abgelehnte und veraltete Shares werden nicht bezahlt; ein paar veraltete sind normal.',
      pool: 'Woher die Arbeit kommt und wer bezahlt wird. Die Difficulty sagt, wie selten ein Share ist; der Ping sagt, wie schnell der Pool antwortet.',
      money:
        'Was das Mining hier bringt und kostet, als Schätzung. Geben Sie Ihre Preise ein, um zu sehen, ob es sich lohnt.',
      machine:
        'Was jeder Thread leistet und welche Art Speicher das Mining bekommen hat. Unter „Diagnose“ steht, wie es schneller geht.',
    },
  },
  state: {
    label: 'Mining-Status',
    needsConsent: 'Nicht eingerichtet',
    stopped: 'Gestoppt',
    connecting: 'Verbindet',
    preparing: 'Dataset entsteht',
    preparingLight: 'Mining im leichten Modus',
    mining: 'Mining läuft',
    paused: 'Pausiert',
    waiting: 'Wartet',
    failed: 'Durch ein Problem gestoppt',
    unknown: 'Warten auf den Mining-Kern',
  },
  control: {
    start: 'Mining starten',
    stop: 'Mining stoppen',
    pause: 'Pause',
    pause15: '15 Minuten',
    pause60: '1 Stunde',
    pause240: '4 Stunden',
    pauseOpen: 'Bis ich fortsetze',
    resume: 'Fortsetzen',
    cancel: 'Abbrechen',
    back: 'Zurück',
    continue: 'Weiter',
    save: 'Speichern',
    copyCommand: 'Befehl kopieren',
    runCommand: 'Befehl ausführen',
    copied: 'Kopiert',
  },
  consent: {
    text: 'Diese App nutzt Ihre CPU, um Monero für die Adresse zu schürfen, die Sie eingeben. Das verbraucht Strom, erzeugt Wärme und Lärm und kann diesen Computer verlangsamen. Schürfen Sie nur auf Computern, die Ihnen gehören oder die Sie dafür nutzen dürfen. Es beginnt erst, wenn Sie auf „Starten“ klicken.',
    agree: 'Ich habe das gelesen und bin einverstanden',
    title: 'Bevor etwas läuft',
    changed: 'Dieser Text wurde seit Ihrer Zustimmung geändert, darum fragen wir erneut.',
    promises: 'Worauf Sie sich verlassen können',
    promiseFee: 'Keine Gebühr. Sie schürfen für Ihre eigene Adresse und für keine andere.',
    promiseQuiet:
      'Keine Telemetrie. Die App verbindet sich mit dem Pool oder Node Ihrer Wahl und mit nichts anderem, es sei denn, Sie verlangen es.',
    promiseStop: '„Stoppen“ wirkt sofort, und nach „Beenden“ läuft nichts weiter.',
  },
  wizard: {
    label: 'Einrichtung',
    progress: 'Schritt {{step}} von {{count}}',
    consent: 'Zustimmung',
    wallet: 'Wallet',
    pool: 'Pool',
    power: 'Leistung',
    review: 'Prüfen',
  },
  wallet: {
    title: 'Wohin sollen Ihre Erträge gehen?',
    lead: 'Fügen Sie die Empfangsadresse Ihrer eigenen Monero-Wallet ein. Die App fragt nie nach Schlüsseln oder einer Seed-Phrase. Alles, was danach fragt, ist Betrug.',
    address: 'Monero-Wallet-Adresse',
    placeholder: 'Beginnt mit 4 oder 8',
    checking: 'Wird geprüft…',
    compare:
      'Vergleichen Sie sie mit der Adresse in Ihrer Wallet, vor allem die ersten und letzten Zeichen. Manche Schadsoftware tauscht Adressen in der Zwischenablage aus.',
    addressLabel: 'Adresse in Blöcken zu acht Zeichen',
    kinds: {
      standard: 'Das ist eine gültige Monero-Adresse.',
      subaddress:
        'Das ist eine gültige Monero-Subadresse. Die meisten Pools nehmen sie an, aber Solo-Mining braucht Ihre Hauptadresse.',
      integrated: 'Das ist eine gültige integrierte Adresse. Manche Pools nehmen sie nicht an.',
    },
    fromLink: 'Aus diesem Zahlungslink wurde nur die Adresse übernommen.',
    readPicture: 'QR-Code aus einem Bild lesen',
    none: 'Noch keine Wallet?',
    how: 'Installieren Sie eine Wallet von getmonero.org oder auf Ihrem Smartphone, schreiben Sie die Seed-Phrase auf Papier und kopieren Sie dann die Adresse, die sie unter „Empfangen“ zeigt.',
    getWallet: 'getmonero.org öffnen',
    skip: 'Ohne Wallet üben',
  },
  pool: {
    title: 'Woher soll die Arbeit kommen?',
    lead: 'Ein Pool verteilt Arbeit und bezahlt Ihre Shares. Ein kleiner ist besser: Monero ist am sichersten, wenn kein Pool groß ist, und auf lange Sicht zahlen alle gleich viel, abzüglich ihrer Gebühr. Noch besser ist P2Pool: kein Betreiber und keine Gebühr.',
    sizes: 'Sehen, wie groß jeder Pool ist',
    choices: 'Quelle der Arbeit',
    own: 'Anderer Pool',
    ownHint: 'Jeder Monero-Pool, über seine Adresse',
    proxy: 'xmrig-proxy',
    proxyHint: 'Ihr eigener Proxy, der Ihren Pool und Ihre Wallet kennt',
    p2pool: 'Eigener P2Pool',
    p2poolHint:
      'Dezentral, ohne Gebühr. Braucht monerod und P2Pool, auf diesem oder einem anderen Computer',
    node: 'Eigener Node',
    nodeHint:
      'Solo-Mining mit Ihrem eigenen monerod, hier oder irgendwo in Ihrem Netzwerk. Blöcke sind selten, aber die ganze Blockbelohnung gehört Ihnen',
    practice: 'Übungspool',
    practiceHint: 'Alles auf diesem Computer ausprobieren, ohne Internet und ohne Erträge',
    earnsNothing: 'Ohne Ertrag',
    encrypted: 'Verschlüsselt (TLS)',
    tlsShort: 'TLS',
    plain: 'Unverschlüsselt',
    needsWallet: 'Wallet-Adresse nötig',
    known: 'Bekannte Pools',
    recommended: 'Am besten für Monero',
    measure: 'Latenz messen',
    measuring: 'Misst…',
    measureHint:
      'Verbindet sich direkt mit jedem dieser Pools und trennt sich gleich wieder. Ihre Adresse wird nicht gesendet.',
    nearest:
      'Am nächsten: {{name}}, {{ms}} ms. Die Entfernung macht wenig aus: Je 100 ms kosten weniger als 0,1\u00a0% Ihrer Shares.',
    noneReached: 'Keiner dieser Pools war erreichbar. Prüfen Sie Ihre Internetverbindung.',
    latencies: {
      refused: 'Lehnt Verbindungen ab',
      notFound: 'Nicht gefunden',
      offline: 'Nicht erreichbar',
      silent: 'Keine Antwort',
      certificate: 'Zertifikat nicht vertrauenswürdig',
      failed: 'Funktioniert nicht',
    },
    fee: 'Gebühr {{percent}}\u00a0%',
    facts: {
      title: 'Über {{name}}',
      region: 'Server',
      ports: 'Ports',
      fee: 'Gebühr',
      payout: 'Kleinste Auszahlung',
      onItsPage: 'Steht auf seiner Website',
      percent: '{{percent}}\u00a0%',
      amount: '{{amount}} XMR',
      source: 'Quelle',
      sourceOf: '{{source}}, {{date}}. Prüfen Sie die Angaben auf seiner Website.',
      open: '{{page}} öffnen',
    },
    regions: {
      global: 'Mehrere Regionen; sein Name führt zu einer nahen',
      europe: 'Europa',
      unknown: 'Nicht bekannt',
    },
    sources: {
      pool: 'Eigene Veröffentlichungen des Pools',
      lists: 'Eigene Veröffentlichungen des Pools; die Gebühr aus öffentlichen Poollisten',
      configurations: 'Öffentliche Miner-Konfigurationen',
    },
    address: 'Pool-Adresse',
    addressHint: 'Zum Beispiel pool.example.org:443',
    nodeAddress: 'Node-Adresse',
    nodeAddressHint: 'Zum Beispiel 127.0.0.1:18081',
    tls: 'Verbindung verschlüsseln (TLS)',
    p2poolPays:
      'P2Pool zahlt an die Wallet, mit der er gestartet wurde: --wallet (eine Hauptadresse) oder --subaddress, falls angegeben. Der Login, den diese App sendet, ist nur ein Name.',
    proxyPays:
      'Der Proxy schürft für die Wallet in seinen eigenen Einstellungen. Der Login, den diese App sendet, ist nur ein Name.',
    ownFacts:
      'Laut P2Pools README vom {{date}}: Gebühr {{percent}}\u00a0%, kleinste Auszahlung etwa {{amount}} XMR.',
    noTls:
      'Ohne TLS kann jeder zwischen Ihnen und dem Pool Ihre Adresse lesen und Ihre Shares umleiten. Nutzen Sie den TLS-Port des Pools, wenn er einen hat.',
    noTlsNode:
      'Ohne TLS kann jeder zwischen Ihnen und dem Node Ihre Erträge umleiten. Verzichten Sie nur in einem Netzwerk darauf, dem Sie vertrauen.',
    noTlsConfirm: 'Unverschlüsselt verbinden',
    test: 'Verbindung testen',
    testing: 'Testet…',
    testOk: 'Funktioniert',
    testFailed: 'Funktioniert nicht',
    testJob: 'Er antwortete nach {{ms}} ms und sandte Arbeit, die diese App schürfen kann.',
    trusted: 'Sie vertrauen seinem Zertifikat.',
    fingerprint: 'Zertifikat: {{fingerprint}}',
    remedy: {
      none: 'Ohne TLS verbinden',
      authority: 'TLS verwenden',
      pinned: 'Diesem Zertifikat vertrauen',
    },
  },
  power: {
    title: 'Wie stark soll die App arbeiten?',
    lead: 'Das können Sie jederzeit ändern, auch beim Mining.',
    profiles: 'Leistung',
    quiet: 'Leise',
    quietHint: 'Beim Arbeiten kaum zu merken',
    balanced: 'Ausgewogen',
    balancedHint: 'Lässt Ihnen die Hälfte des Computers',
    full: 'Volle Leistung',
    fullHint: 'Jeder nützliche Thread: lauter, heißer und für Sie langsamer',
    custom: 'Eigene',
    customHint: 'Anzahl der Threads selbst wählen',
    threads_one: '{{count}} Thread',
    threads_other: '{{count}} Threads',
    ofThreads: '{{threads}} von {{available}}',
    threadCount: 'Threads',
    cpu: '{{model}} · {{available}} logische CPUs',
    times: 'Wann sie läuft',
    battery: 'Pause im Akkubetrieb',
    batteryHint: 'Läuft am Stromnetz weiter',
    batteryBelow: 'Pause im Akkubetrieb',
    batteryAlways: 'immer',
    batteryCharge: 'unter {{charge, percent}} Ladung',
    idle: 'Nur schürfen, wenn niemand den Computer benutzt',
    idleHint:
      'Pausiert, sobald Sie Maus oder Tastatur berühren. Ein gesperrter Bildschirm gilt als unbenutzt.',
    idleAfter: 'Unbenutzt nach',
    minutes_one: '{{count}} Minute',
    minutes_other: '{{count}} Minuten',
    notAvailable: 'Nicht verfügbar: Dieses System meldet es nicht.',
    fullTitle: 'Volle Leistung verwenden?',
    fullText:
      'Jeder nützliche Thread schürft dann. Der Computer wird dadurch lauter, heißer und langsamer. Nach 30 Sekunden kehrt die App zur jetzigen Einstellung zurück, wenn Sie die volle Leistung nicht beibehalten.',
    fullConfirm: 'Volle Leistung testen',
    trial: 'Die volle Leistung endet in {{seconds}} s, wenn Sie sie nicht beibehalten.',
    trialWaiting:
      'Die volle Leistung beginnt mit dem Mining und endet nach 30 Sekunden, wenn Sie sie nicht beibehalten.',
    keep: 'Volle Leistung behalten',
    revert: 'Jetzt zurück',
  },
  tuning: {
    title: 'Leistung abstimmen',
    hint: 'Probiert etwa eine Minute lang, mit wie vielen Threads und wie vielen Hashes nebeneinander in jedem Thread es am schnellsten geht, und verwendet dann die schnellste Kombination. Nichts wird gesendet und nichts verdient.',
    notWhileMining: 'Stoppen Sie zuerst das Mining. Es würde die Messung verfälschen.',
    whileMining: 'Beim Mining abstimmen',
    whileMiningHint:
      'Probiert in den ersten Minuten des Minings abwechselnd andere Einstellungen und behält die schnellste. Jeder Hash zählt trotzdem. Wartet, solange Hitze die Zahl der Threads begrenzt.',
    trying: 'Im Test: {{threads}}, {{hashes}}.',
    measure: 'Messen',
    measureAgain: 'Erneut messen',
    progress: 'Messung läuft',
    curve: 'Hashrate nach Anzahl der Threads',
    best_one: 'Am schnellsten: {{count}} Thread, {{hashes}}, {{rate}}.',
    best_other: 'Am schnellsten: {{count}} Threads, {{hashes}}, {{rate}}.',
    sideBySide_one: 'ein Hash auf einmal',
    sideBySide_other: '{{count}} Hashes nebeneinander',
    measuredAt: 'Gemessen am {{date}} im {{mode}} Modus.',
    fast: 'schnellen',
    light: 'leichten',
  },
  review: {
    title: 'Bereit. Noch läuft nichts',
    lead: 'Das Mining beginnt erst, wenn Sie auf der nächsten Seite auf „Starten“ klicken.',
    walletNone: 'Keine (nur Übung)',
    power: '{{profile}}, {{threads}}',
    rules: 'Regeln',
    noRules: 'Keine',
    finish: 'Fertigstellen',
    edit: 'Ändern',
  },
  dashboard: {
    hashrate: 'Hashrate',
    over10s: '10 s',
    over60s: '60 s',
    over15m: '15 min',
    chart: 'Hashrate, höchstens der letzten 15 Minuten',
    chartEmpty: 'Das Diagramm beginnt mit den ersten Hashes.',
    showTable: 'Als Tabelle zeigen',
    minute: 'Minute',
    average: 'Mittel',
    shares: 'Shares',
    accepted: 'Akzeptiert',
    rejected: 'Abgelehnt',
    stale: 'Veraltet',
    sharesIdle:
      'Ein Share ist ein Stück Arbeitsnachweis (Proof of Work), das der Pool bezahlt. Ihre Shares erscheinen hier, sobald Sie schürfen.',
    firstShare: 'Erster Share in etwa {{time}} zu erwarten.',
    nextShare: 'Bei dieser Difficulty etwa ein Share alle {{time}}.',
    noShare: {
      normal:
        'Kein Share seit {{time}}: Das ist bei dieser Difficulty normal (Wahrscheinlichkeit: {{chance}}).',
      unlucky:
        'Kein Share seit {{time}}: Das ist Pech, kommt aber vor (Wahrscheinlichkeit: {{chance}}).',
      unusual:
        'Kein Share seit {{time}}: Das ist ungewöhnlich (Wahrscheinlichkeit: {{chance}}). Sehen Sie unter „Diagnose“ und „Protokoll“ nach, ob es ein Problem mit dem Pool oder diesem Computer gibt.',
    },
    luck: '{{found}} gefunden; {{expected}} nach den bisherigen Hashes zu erwarten.',
    connection: 'Pool',
    host: 'Server',
    paidTo: 'Zahlt an',
    paidToKnown: 'Die dort eingestellte Adresse',
    local: 'auf diesem Computer',
    byTor: 'von Tor verschlüsselt',
    connectedFor: 'Verbunden seit',
    ms: '{{ms}} ms',
    noPool: 'Nichts ist verbunden, bis Sie auf „Starten“ klicken.',
    willConnect: 'Starten verbindet mit',
    algorithm: 'Algorithmus',
    difficulty: 'Difficulty',
    height: 'Höhe',
    ping: 'Ping',
    uptime: 'Laufzeit',
    temperature: 'CPU-Temperatur',
    power: 'CPU-Verbrauch',
    watts: '{{watts}}\u00a0W',
    efficiency: 'Effizienz',
    joulesPerMegahash: '{{joules}}\u00a0J/MH',
    link: {
      offline: 'Offline',
      connecting: 'Verbindet',
      loggedIn: 'Verbunden',
      waiting: 'Wartet auf neuen Versuch',
    },
    retryIn: 'Nächster Versuch in {{seconds}} s',
    threads: 'Threads',
    threadsOf: '{{count}} von {{available}} logischen CPUs',
    cpu: 'CPU {{cpu}}',
    threadsIdle: 'Jeder Hash-Thread zeigt hier seine eigene Rate.',
    engine: 'Speicher',
    datasetHint: 'Etwa 2 GiB, einmal erstellt und beim Mining behalten.',
    mode: 'Modus',
    modes: {
      light: 'Leicht (256 MiB, langsam)',
      fast: 'Schnell (2 GiB)',
    },
    region: {
      dataset: 'Dataset',
      cache: 'Cache',
      scratchpads: 'Scratchpads',
    },
    page: {
      '1g': '1-GiB-Seiten',
      '2m': '2-MiB-Seiten',
      thp: 'Transparent Huge Pages',
      '4k': '4-KiB-Seiten',
      none: 'Nicht belegt',
    },
    pagesGood: 'Huge Pages sind in Gebrauch. Schneller wird der Speicher nicht.',
    pagesPartly:
      'Transparent Huge Pages helfen. Reservierte Huge Pages von 2 MiB sind oft noch schneller.',
    pagesSmall:
      'Kleine Seiten bremsen das Mining. Unter „Diagnose“ steht der genaue Befehl, der Huge Pages einschaltet.',
    engineIdle: 'Ohne Mining wird kein Speicher belegt.',
    openHealth: 'Zur Diagnose',
    openPools: 'Zu den Pools',
    openLogs: 'Zum Protokoll',
  },
  money: {
    title: 'Ertrag und Kosten',
    edit: 'Werte eingeben',
    practice: 'Die Übung bringt nichts ein. Das hier brächte dieselbe Hashrate im Monero-Netzwerk.',
    empty:
      'Hier sehen Sie, was das Mining bringt und kostet, als Schätzung mit allem, woraus sie besteht. Nichts wird im Internet nachgeschlagen, es sei denn, Sie erlauben es.',
    brings: 'Ertrag pro Tag',
    worth: 'Wert',
    costs: 'Kosten pro Tag',
    net: 'Netto pro Tag',
    energy: 'Energie je Megahash',
    xmr: '{{xmr}}\u00a0XMR',
    joules: '{{joules}}\u00a0J',
    costsMore: 'Das Mining kostet mehr, als es bringt',
    costsMoreText:
      'Bei dieser Rate im Mittel etwa {{lost}} pro Tag. Eine leisere Leistungsstufe bringt oft mehr pro Watt.',
    mostDays: 'Vier von fünf Tagen bringen zwischen {{low}} und {{high}}',
    mostDaysNothing: 'Mindestens neun von zehn Tagen bringen nichts',
    mostDaysNet: 'Nach Abzug des Stroms sind das zwischen {{low}} und {{high}}.',
    nothing: 'Die Wahrscheinlichkeit, in 24 Stunden gar nichts zu erhalten, ist {{chance}}.',
    unit: {
      block:
        'Sie finden im Mittel alle {{time}} einen Block und erhalten ihn ganz: {{xmr}} XMR. Die Spanne ist das Glück dabei.',
      share:
        'Sie finden im Mittel alle {{time}} einen Share im Wert von {{xmr}} XMR. Die Spanne ist das Glück Ihrer eigenen Shares; Glück und Gebühr des Pools kommen hinzu.',
      p2poolShare:
        'Sie finden im Mittel alle {{time}} einen P2Pool-Share, der bezahlt wird, im Wert von {{xmr}} XMR. Die Spanne ist das Glück dabei.',
    },
    noPromise:
      'Bei dieser Rate, im Mittel, für 24 Stunden Mining. Eine Schätzung und kein Versprechen: Difficulty und Kurs ändern sich ständig.',
    needed: 'Es fehlt noch:',
    need: {
      rate: 'Ihre Hashrate, die nach einer Minute Mining bekannt ist',
      network:
        'Difficulty und Blockbelohnung des Netzwerks, die Ihr eigener Node, P2Pool und manche Pools nennen; sonst geben Sie sie ein',
      price: 'der Monero-Kurs',
      watts: 'die Watt, die das Mining braucht',
      tariff: 'der Strompreis',
    },
    madeOf: 'Woraus das besteht',
    input: {
      rate: 'Hashrate',
      difficulty: 'Netzwerk-Difficulty',
      reward: 'Blockbelohnung',
      price: 'Preis für 1 XMR',
      watts: 'Verbrauch',
      tariff: 'Preis für 1 kWh',
    },
    source: {
      rate: 'hier gemessen, {{time}}',
      node: 'von Ihrem Node, {{time}}',
      p2pool: 'von P2Pool, {{time}}',
      pool: 'vom Pool, {{time}}',
      typed: 'eingegeben, {{time}}',
      tariffMean: 'Mittel der Mining-Stunden, eingegeben, {{time}}',
      measured: 'nur Prozessoren, gemessen, {{time}}',
    },
    p2poolFault: {
      notFound:
        'Die Werte von P2Pool sind nicht in dem Ordner, den Sie angegeben haben. Er sollte network/stats und pool/stats enthalten.',
      old: 'Die Werte von P2Pool in dem Ordner, den Sie angegeben haben, sind älter als zehn Minuten. Läuft P2Pool?',
    },
    dialogText:
      'Alles bleibt auf diesem Computer, und jeder Wert behält das Datum, an dem Sie ihn eingegeben haben. Lassen Sie leer, was Sie nicht wissen.',
    priceLabel: 'Preis für 1 XMR',
    priceHint: 'Der heutige Kurs aus einer Quelle, der Sie vertrauen.',
    currencyLabel: 'Währung',
    currencyHint: 'Drei Buchstaben: EUR, USD.',
    tariffLabel: 'Preis für 1 kWh',
    tariffHint: 'In derselben Währung, laut Ihrer Stromrechnung.',
    windowsLabel: 'Andere Preise zu bestimmten Stunden',
    windowsHint:
      'Jeden Tag nach der Uhr dieses Computers, als 22-6: 0,18; 12-14: 0,25. Für alle anderen Stunden gilt der Preis oben. Damit kann sich der Zeitplan an die billigsten Stunden halten.',
    readTariff: 'Preise aus einer CSV-Datei lesen',
    readTariffHint:
      'Von Ihrem Stromanbieter: in jeder Zeile eine Stunde und ihr Preis für 1 kWh, etwa 07:00;0,25, für die 24 Stunden eines Tages.',
    notWindows:
      'Schreiben Sie Stunden und Preise als 22-6: 0,18, mehrere durch Semikolon getrennt.',
    wattsLabel: 'Watt, die das Mining braucht',
    wattsHint:
      'Was ein Strommessgerät beim Mining anzeigt, abzüglich dessen, was es im Leerlauf anzeigt. Dieser Computer meldet nichts.',
    wattsMeasured:
      'Lassen Sie das Feld leer, um {{watts}} W zu verwenden, die die Prozessoren über sich selbst melden; Mainboard, Speicher und Netzteil kommen oft mit 10 bis 20\u00a0% hinzu. Am besten ist ein Strommessgerät: was es beim Mining anzeigt, abzüglich dessen, was es im Leerlauf anzeigt.',
    wattsLimit:
      'Was ein Strommessgerät beim Mining anzeigt, abzüglich dessen, was es im Leerlauf anzeigt. Die Prozessoren sind darauf eingestellt, selbst unter {{watts}} W zu bleiben.',
    difficultyLabel: 'Netzwerk-Difficulty',
    difficultyHint:
      'Etwa 600 G. Block-Explorer zeigen sie. Nicht nötig mit eigenem Node oder P2Pool.',
    rewardLabel: 'Blockbelohnung in XMR',
    rewardHint: '0,6 und die Gebühren des Blocks.',
    folderLabel: 'Werte von P2Pool',
    folderHint:
      'Der Ordner, der P2Pool als --data-api angegeben wurde, wenn P2Pool auf diesem Computer läuft. Mit --local-api wird außerdem verglichen, was Sie senden und was P2Pool zählt.',
    notNumber: 'Geben Sie eine Zahl ein, zum Beispiel 0,30.',
    notAboveZero: 'Geben Sie eine Zahl über 0 ein, zum Beispiel 0,30.',
    notCurrency: 'Geben Sie die drei Buchstaben einer Währung ein, zum Beispiel EUR.',
  },
  account: {
    switch: '{{pool}} nach Ihrem Guthaben fragen',
    hint: 'Sendet Ihre Wallet-Adresse an {{host}}, alle fünf Minuten, solange Sie schürfen oder hierher sehen. Das ist eine zweite, verschlüsselte Verbindung neben der fürs Mining.',
    hintProxy:
      'Sendet Ihre Wallet-Adresse an {{host}}, alle fünf Minuten, solange Sie schürfen oder hierher sehen. Das ist eine zweite, verschlüsselte Verbindung neben der fürs Mining, über Ihren Proxy {{proxy}}.',
    title: 'Was {{pool}} sagt',
    asking: '{{host}} wird gefragt…',
    due: 'Guthaben',
    paid: 'Bisher ausgezahlt',
    payout: 'Kleinste Auszahlung',
    rate: 'Ihre Hashrate dort',
    said: 'Stand: {{time}}, für alle Computer, die für Ihre Adresse schürfen.',
    credit: {
      tooShort:
        'Gesendet und gutgeschrieben: noch zu früh. Es braucht eine Stunde und etwa 50 akzeptierte Shares.',
      within:
        'Von dem, was Sie in {{time}} gesendet haben, hat {{pool}} {{percent}} gutgeschrieben: so viel, wie der Zufall zulässt.',
      less: 'Von dem, was Sie in {{time}} gesendet haben, hat {{pool}} {{percent}} gutgeschrieben: weniger, als der Zufall zulässt. Fragen Sie den Pool, warum.',
      lessOwn:
        'Von dem, was Sie in {{time}} gesendet haben, hat {{pool}} {{percent}} gezählt: weniger, als der Zufall zulässt. Vielleicht steht in seinem Protokoll, warum.',
      more: 'Von dem, was Sie in {{time}} gesendet haben, hat {{pool}} {{percent}} gutgeschrieben: mehr, als diese App gesendet hat. Schürfen andere Computer für Ihre Adresse?',
      how: 'Wie verglichen wird',
      title: 'Gesendet und gutgeschrieben',
      span: 'Zwischen zwei Antworten des Pools',
      shares: 'Akzeptierte Shares',
      sent: 'Gesendet, in Hashes',
      credited: 'Gutgeschrieben, in Hashes',
      chance: 'Der Zufall lässt zu',
      range: '{{low}} bis {{high}}',
      explanation:
        'Jeder Share zählt so viele Hashes wie seine Difficulty. Shares kommen zufällig, und der Pool zählt sie zu eigenen Zeiten zusammen; darum sind die beiden Summen nie ganz gleich: In 99 von 100 Fällen hält der Zufall allein die Gutschrift in diesem Bereich. Der Pool zählt auch mit, was andere Computer für Ihre Adresse schürfen.',
    },
  },
  history: {
    span: 'Gezeigter Zeitraum',
    spans: {
      quarterHour: '15 min',
      day: '24 h',
      month: '30 Tage',
      year: '1 Jahr',
    },
    kind: 'Was gezeigt wird',
    kinds: {
      mining: 'Mining',
      practice: 'Übung',
    },
    loading: 'Verlauf wird gelesen…',
    failedTitle: 'Der Verlauf konnte nicht gelesen werden',
    emptyTitle: {
      mining: 'Noch kein Verlauf',
      practice: 'Noch keine Übung',
    },
    empty: {
      mining:
        'Hier wird jede Minute des Minings aufgezeichnet, nur auf diesem Computer. Es beginnt, wenn Sie auf „Starten“ klicken.',
      practice:
        'Die Übung wird vom Mining getrennt aufgezeichnet und nie mitgezählt. Üben Sie mit dem Übungspool, dann erscheint sie hier.',
    },
    average: 'Mittel',
    mined: 'Mining-Zeit',
    hashes: 'Hashes',
    hashrate: 'Hashrate',
    chart: {
      quarterHour: 'Hashrate der letzten 15 Minuten',
      day: 'Hashrate der letzten 24 Stunden',
      month: 'Hashrate der letzten 30 Tage',
      year: 'Hashrate des letzten Jahres',
    },
    nothing: {
      quarterHour: 'In den letzten 15 Minuten wurde nichts geschürft.',
      day: 'In den letzten 24 Stunden wurde nichts geschürft.',
      month: 'In den letzten 30 Tagen wurde nichts geschürft.',
      year: 'Im letzten Jahr wurde nichts geschürft.',
    },
    hint: 'Zeigen Sie auf das Diagramm oder nutzen Sie die Pfeiltasten, um es abzulesen.',
    point: '{{period}}: {{rate}}, {{mined}} geschürft',
    pointIdle: '{{period}}: nichts geschürft',
    pointShares_one: '{{count}} Share',
    pointShares_other: '{{count}} Shares',
    pointPaused: '{{time}} pausiert ({{reasons}})',
    pointWaited: '{{time}} auf Arbeit gewartet',
    legendPaused: 'Pausiert',
    legendWaiting: 'Wartet auf Arbeit',
    legendGap: 'Lücke: Mining war aus',
    time: 'Zeit',
    shares: 'Shares',
    paused: 'Pausiert',
    expected: 'Erwartet',
    found: 'Gefunden',
    luck: 'Glück',
    luckText:
      'Gefundene Shares im Vergleich zu dem, was Ihre Hashes im Mittel finden. Das ist Zufall und gleicht sich aus: Über 100\u00a0% ist Glück, darunter Pech.',
    effort: 'Aufwand jetzt',
    effortText:
      'Arbeit seit Ihrem letzten Share im Vergleich zu dem, was ein Share im Mittel braucht. Einer von zwanzig Shares braucht mehr als 300\u00a0%.',
    lost: 'Verloren',
    lostText:
      'Von den Shares wurden {{shares}} abgelehnt oder waren veraltet. In {{time}} der Zeit gab es keine Arbeit: beim Verbinden oder beim Warten auf einen Pool.',
    best: 'Bester Share',
    bestText:
      'Die höchste Difficulty, die einer Ihrer Shares erreicht hat. Ein Pool zahlt dafür nichts extra; beim Solo-Mining zeigt sie, wie nah Sie einem Block waren.',
    spent: 'Wo die Zeit blieb',
    states: {
      mining: 'Mining',
      preparing: 'Dataset erstellen',
      paused: 'Pausiert',
      waiting: 'Warten auf Arbeit',
    },
    pausedReasons: 'Mehrere Gründe können zugleich gelten.',
    sessions: 'Sitzungen',
    sessionsOf: 'Die neuesten {{shown}} von {{count}}',
    sessionsAll_one: 'Alle {{count}} zeigen',
    sessionsAll_other: 'Alle {{count}} zeigen',
    started: 'Begonnen',
    more: '{{place}} und {{count}} weitere',
    failedShares: 'Abgelehnt/veraltet',
    allTime: 'Insgesamt',
    since: 'Seit {{date}}',
    kept: 'Nur auf diesem Computer in {{folder}} gespeichert: {{size}}.',
    exportCsv: 'Als CSV exportieren',
    exportJson: 'Als JSON exportieren',
    exported: 'Als {{file}} gespeichert.',
    delete: 'Verlauf löschen',
    deleteTitle: 'Den ganzen Verlauf löschen?',
    deleteText:
      'Das löscht jede Minute, Sitzung und Summe, für Mining und Übung, und lässt sich nicht rückgängig machen. Ihre Coins sind sicher: Sie liegen in Ihrer Wallet, nicht in dieser App.',
  },
  shares: {
    newest: 'Neueste Shares',
    emptyTitle: 'Noch keine Shares',
    emptyIdle:
      'Starten Sie das Mining, dann steht hier jeder gefundene Share mit der Antwort des Pools.',
    emptyExpected: 'Erster Share in etwa {{time}} zu erwarten.',
    emptyMining: 'Der erste Share erscheint hier, sobald er gefunden ist.',
    time: 'Gefunden',
    outcome: 'Ergebnis',
    difficulty: 'Difficulty',
    roundTrip: 'Antwort',
    nonce: 'Nonce',
    outcomes: {
      pending: 'Offen',
      accepted: 'Akzeptiert',
      rejected: 'Abgelehnt',
      stale: 'Veraltet',
    },
  },
  pools: {
    lead: 'Der Hauptpool wird zuerst verwendet. Ist er nicht erreichbar, springen die Ersatzpools in dieser Reihenfolge ein.',
    list: 'Pools',
    templates: {
      known: 'Bekannter Pool',
      stratum: 'Anderer Pool',
      p2pool: 'P2Pool',
      'xmrig-proxy': 'xmrig-proxy',
      daemon: 'Eigener Node',
    },
    node: 'Eigener Node',
    practising:
      'Sie üben gerade, darum sind diese Pools nicht in Gebrauch. Echtes Mining hat eigene Zähler.',
    endPractice: 'Echt schürfen',
    practise: 'Stattdessen üben',
    practiseHint:
      'Die Übung läuft auf diesem Computer, braucht kein Internet und bringt nichts ein.',
    emptyTitle: 'Noch kein Pool',
    empty: 'Fügen Sie einen Pool oder Ihren eigenen Node hinzu.',
    add: 'Pool hinzufügen',
    primary: 'Hauptpool',
    backup: 'Ersatz {{number}}',
    standing: {
      inUse: 'In Gebrauch',
      inUseInstead: 'Die Pools davor geben keine Arbeit.',
      connecting: 'Verbindet…',
      proving:
        'Gibt wieder Arbeit. Er übernimmt, wenn er das mindestens eine Minute lang getan hat.',
      resting: 'Nicht nötig: Ein Pool davor gibt Arbeit.',
      down: '{{why}} Die App versucht es von selbst erneut.',
      failed: '{{why}} Erst beim nächsten „Starten“ wird er wieder versucht.',
    },
    up: '{{name}} nach oben',
    down: '{{name}} nach unten',
    edit: '{{name}} bearbeiten',
    remove: '{{name}} entfernen',
    removeTitle: '{{name}} entfernen?',
    removeText: 'Die App vergisst Adresse und Einstellungen des Pools.',
    removeConfirm: 'Entfernen',
    addTitle: 'Pool hinzufügen',
    editTitle: 'Pool bearbeiten',
    name: 'Name (optional)',
    password: 'Passwort',
    passwordHint: 'Die meisten Pools nehmen „x“.',
    rigId: 'Rig-Name (optional)',
    login: 'Login statt der Wallet-Adresse (optional)',
    loginHint: 'Für P2Pool und Proxys. Wird genau wie eingegeben gesendet.',
    fingerprint: 'Vertrautes Zertifikat (optional)',
    fingerprintHint:
      'SHA-256, 64 Hexadezimalziffern. Nur bei einem selbstsignierten Zertifikat nötig.',
    fingerprintWrong: 'Ein SHA-256-Fingerabdruck hat 64 Stellen aus 0 bis 9 und a bis f.',
    rpcUser: 'RPC-Benutzername (optional)',
    rpcUserHint: 'Wenn monerod mit --rpc-login läuft',
    rpcPassword: 'RPC-Passwort',
    zmqPort: 'ZMQ-Port (optional)',
    zmqPortHint: 'Der Port von --zmq-pub bei monerod, um sofort von neuen Blöcken zu erfahren',
    proxy: 'SOCKS5-Proxy (optional)',
    proxyHint: 'Tor auf diesem Computer: 127.0.0.1:9050, Tor Browser: 127.0.0.1:9150',
    proxyWrong: 'Schreiben Sie den Proxy als host:port, zum Beispiel 127.0.0.1:9050.',
    tor: 'Tor',
    torBrowser: 'Tor Browser',
    through: 'Über {{proxy}}',
    onionAlone:
      'Eine Onion-Adresse ist nur über Tor erreichbar. Geben Sie dessen Proxy unter „Weitere Optionen“ ein.',
    zmqPortWrong: 'Ein Port ist eine Zahl von 1 bis 65535.',
    more: 'Weitere Optionen',
    full: 'Mehr als sechzehn Pools gehen nicht. Entfernen Sie einen, um einen anderen hinzuzufügen.',
  },
  settings: {
    sectionsLabel: 'Abschnitte der Einstellungen',
    sections: {
      wallet: 'Wallet',
      power: 'Leistung',
      rules: 'Regeln',
      tuning: 'Speicher und Abstimmung',
      appearance: 'Darstellung',
      notifications: 'Benachrichtigungen',
      opening: 'Öffnen und Schließen',
      connections: 'Verbindungen',
      reset: 'Zurücksetzen',
    },
    search: 'Einstellungen suchen',
    searchClear: 'Suche löschen',
    searchNone: 'Keine Einstellung passt zu „{{text}}“.',
    searchNoneHint: 'Versuchen Sie ein anderes Wort, oder sehen Sie die Abschnitte durch.',
    wallet: 'Wallet',
    walletHint: 'An diese Adresse zahlen Pools, und für sie schürft Ihr eigener Node.',
    walletNone:
      'Noch keine Adresse, darum können Sie nur üben oder mit einem eigenen Login schürfen.',
    walletChange: 'Adresse ändern',
    walletAdd: 'Adresse eingeben',
    walletNew: 'Neue Wallet-Adresse',
    walletConfirmTitle: 'Für eine andere Adresse schürfen?',
    walletOld: 'Jetzt',
    walletNext: 'Neu',
    walletConfirm: 'Neue Adresse verwenden',
    power: 'Leistung',
    mode: 'Speicher',
    modeAuto: 'Automatisch',
    modeAutoHint: 'Schnell, wenn etwa 3 GiB frei sind',
    modeFast: 'Schnell',
    modeFastHint: 'Braucht mindestens 2,3 GiB',
    modeLight: 'Leicht',
    modeLightHint: '256 MiB, um ein Mehrfaches langsamer',
    schedule: 'Zeitplan',
    scheduleOn: 'Nur zu bestimmten Stunden schürfen',
    scheduleOnHint:
      'Nach der Uhr dieses Computers. Außerhalb dieser Stunden wartet das Mining und beginnt von selbst wieder.',
    schedulePresets: 'Fertige Zeitpläne',
    schedulePreset: {
      nights: 'Nachts',
      weekends: 'Wochenenden',
      nightsAndWeekends: 'Nachts und Wochenenden',
      always: 'Immer',
    },
    scheduleGrid: 'Stunden der Woche',
    scheduleHow:
      'Klicken Sie auf eine Stunde oder ziehen Sie über mehrere. Mit der Tastatur: Pfeiltasten bewegen, die Leertaste schaltet eine Stunde um, und die Umschalttaste mit Pfeiltasten malt.',
    scheduleHours_one: 'Schürft {{count}} Stunde pro Woche.',
    scheduleHours_other: 'Schürft {{count}} Stunden pro Woche.',
    scheduleNever: 'Keine Stunde ist gewählt, darum wird nichts geschürft.',
    scheduleCell: '{{day}}, {{from}} bis {{to}}',
    cheapest: 'Nur in den billigsten Stunden schürfen',
    cheapestHint:
      'Von den Stunden jedes Tages die, in denen der Strom am wenigsten kostet, nach den Preisen unter „Ertrag und Kosten“.',
    cheapestNoTariff:
      'Geben Sie zuerst unter „Ertrag und Kosten“ ein, was Sie der Strom zu welchen Stunden kostet.',
    cheapestHours: 'Stunden pro Tag',
    fullScreen: 'Pausieren, solange ein Programm im Vollbild ist',
    fullScreenHint:
      'Spiele, Filme und Präsentationen. Läuft weiter, wenn Sie das Vollbild verlassen.',
    fullScreenUnavailable:
      'Nicht verfügbar: Dieses System meldet es nicht. Sie können die Programme stattdessen unten auflisten.',
    metered: 'Bei getakteter Verbindung pausieren',
    meteredHint: 'Eine, die nach Datenvolumen bezahlt wird, etwa der Hotspot eines Smartphones.',
    heat: 'CPU kühl halten',
    heatHint:
      'Über dieser Temperatur schürft die App mit weniger Threads, und 10\u00a0°C darüber pausiert sie.',
    heatBelow: 'Unter',
    watts: 'CPU-Verbrauch begrenzen',
    wattsHint:
      'Solange die Prozessoren mehr als das verbrauchen, andere Programme eingeschlossen, schürft die App mit weniger Threads.',
    wattsBelow: 'Unter',
    celsius: '{{degrees}}\u00a0°C',
    programs: 'Pausieren, solange diese Programme laufen',
    programsHint: 'Spiele, Videoanrufe, alles, was den Computer für sich haben soll.',
    programsNone: 'Kein Programm steht auf der Liste.',
    programsName: 'Programmname',
    programsAdd: 'Hinzufügen',
    programsAdded: 'Programme, die das Mining pausieren',
    programsRemove: '{{name}} entfernen',
    rules: 'Regeln',
    opening: 'Öffnen der App',
    startAtLaunch: 'Mining starten, wenn die App geöffnet wird',
    startAtLaunchHint:
      'Normalerweise aus. Nie nach einem Absturz und nie, nachdem Sie auf „Stoppen“ geklickt haben.',
    openAtLogin: 'App öffnen, wenn ich mich anmelde',
    openAtLoginHint: 'Öffnet das Fenster oder das Tray-Symbol. Startet nicht das Mining.',
    appearance: 'Darstellung',
    theme: 'Design',
    language: 'Sprache',
    system: 'System',
    light: 'Hell',
    dark: 'Dunkel',
    notifications: 'Benachrichtigungen',
    rulePauses: 'Durch eine Regel pausiert oder fortgesetzt',
    poolDown: 'Pool zwei Minuten lang nicht erreichbar, und wieder da',
    noShares: 'Viel länger als erwartet kein Share',
    rejects: 'Mehr als 5\u00a0% der Shares abgelehnt',
    failures: 'Mining wegen eines Problems beendet',
    window: 'Beim Schließen des Fensters',
    closeAsk: 'Jedes Mal fragen',
    closeBackground: 'Im Hintergrund weiterlaufen',
    closeQuit: 'Beenden und Mining stoppen',
    noTray: 'Dieser Desktop zeigt keine Tray-Symbole, darum wird das Fenster nie ausgeblendet.',
    api: 'Überwachungs-API',
    apiOn: 'Nur lesbare HTTP-API auf diesem Computer anbieten',
    apiHint:
      'Dashboards auf diesem Computer können Ihre Hashrate und Shares lesen. Sie können nichts ändern, und kein anderer Computer kann sich verbinden.',
    apiPort: 'Port',
    apiPortWrong: 'Wählen Sie eine Zahl von 1024 bis 65535.',
    apiAddress: 'Adresse:',
    apiToken: 'Token, gesendet als „Authorization: Bearer …“:',
    apiCopy: 'Token kopieren',
    updates: 'Neue Versionen',
    updatesLook: 'Nach neuen Versionen suchen',
    updatesHint:
      'Fragt {{host}} einmal am Tag nach einer signierten Liste und sendet nichts über Sie oder diesen Computer. Nichts wird heruntergeladen oder installiert, bis Sie es sagen.',
    updatesNow: 'Jetzt suchen',
    updatesNewest: 'Das ist die neueste Version. Zuletzt gesucht: {{date}}.',
    updatesApt: 'Version {{version}} ist verfügbar, mit echter Signatur. So installieren Sie sie:',
    updatesCommand: 'sudo apt update && sudo apt install --only-upgrade ibctminer',
    updatesPage: 'Version {{version}} ist verfügbar, mit echter Signatur.',
    updatesOpen: 'Download-Seite öffnen',
    updatesDownload: 'Herunterladen ({{size}})',
    updatesAgain: 'Erneut versuchen',
    updatesRunning: 'Version {{version}} wird heruntergeladen: {{done}} von {{size}}.',
    updatesStop: 'Abbrechen',
    updatesReplace:
      'Version {{version}} ist da, vollständig und echt. Sie ersetzt diese hier: Das Mining stoppt, und die App startet neu.',
    updatesReplaceNow: 'Installieren und neu starten',
    updatesInstaller:
      'Version {{version}} ist da, vollständig und echt. Das System öffnet ihr Installationsprogramm: Das Mining stoppt, und die App wird beendet.',
    updatesInstallerNow: 'Beenden und installieren',
    updatesStale_one:
      'Die Liste wurde vor {{count}} Tag signiert. Inzwischen hätte eine neue kommen sollen: Vielleicht verbirgt jemand eine neuere Version vor Ihnen. Sehen Sie auf der Download-Seite nach.',
    updatesStale_other:
      'Die Liste wurde vor {{count}} Tagen signiert. Inzwischen hätte eine neue kommen sollen: Vielleicht verbirgt jemand eine neuere Version vor Ihnen. Sehen Sie auf der Download-Seite nach.',
    reset: 'Zurücksetzen',
    resetHint: 'Löscht Wallet-Adresse, Pools und alle Einstellungen. Das Mining stoppt.',
    resetButton: 'Alles zurücksetzen',
    resetTitle: 'Alles zurücksetzen?',
    resetText:
      'Das löscht die Wallet-Adresse, die Pools und alle Einstellungen und stoppt das Mining. Ihre Coins sind sicher: Sie liegen in Ihrer Wallet, nicht in dieser App.',
  },
  logs: {
    lead: 'Wallet-Adressen werden aus jeder Zeile entfernt.',
    kept: 'In {{folder}} gespeichert, höchstens 6 MB; die ältesten Zeilen fallen zuerst weg.',
    openFolder: 'Ordner öffnen',
    export: 'Alles exportieren',
    filter: 'Stufe',
    all: 'Alles',
    warn: 'Warnungen und Fehler',
    error: 'Fehler',
    search: 'Protokoll durchsuchen',
    copy: 'Protokoll kopieren',
    emptyTitle: 'Noch nichts protokolliert',
    empty: 'Was die App tut, erscheint hier, sobald es geschieht.',
    noMatch: 'Keine passenden Zeilen.',
    levels: {
      info: 'Info',
      warn: 'Warnung',
      error: 'Fehler',
    },
    entries: 'Protokollzeilen',
    messages: 'Nachrichten',
    messagesLead:
      'Die letzten Nachrichten zwischen dieser App und dem Pool, ohne Adressen, Passwörter und Sitzungs-IDs.',
    searchMessages: 'Nachrichten durchsuchen',
    copyMessages: 'Nachrichten kopieren',
    noMessages:
      'Noch keine Nachrichten. Sie erscheinen, sobald sich die App mit einem Pool verbindet.',
    sent: 'Gesendet',
    received: 'Empfangen',
  },
  health: {
    lead: 'Was dieser Computer fürs Mining bietet, und wie Sie beheben, was fehlt.',
    run: 'Erneut prüfen',
    running: 'Wird geprüft…',
    copy: 'Bericht kopieren',
    copyHint: 'Der Bericht enthält Ihre Adresse nicht.',
    failedTitle: 'Die Prüfung konnte nicht laufen',
    statuses: {
      ok: 'OK',
      warn: 'Zu beachten',
      unknown: 'Unbekannt',
    },
    allGood: 'Alles ist in Ordnung.',
    toLookAt_one: '{{count}} Punkt ist zu beachten.',
    toLookAt_other: '{{count}} Punkte sind zu beachten.',
    fix: 'Was zu tun ist',
    commands: {
      now: 'Jetzt, bis zum nächsten Neustart',
      atBoot: 'Bei jedem Start des Computers',
      lasting: 'Jetzt und von da an',
      undo: 'Zum Rückgängigmachen',
    },
    runHint:
      '„Befehl ausführen“ bittet das System, genau diesen Befehl auszuführen. Das System fragt nach dem Passwort eines Administrators, das diese App nie sieht.',
    runPrompt: 'Beantworten Sie die Abfrage des Systems.',
    runEnds: {
      ran: 'Der Befehl wurde ausgeführt und alles erneut geprüft.',
      dismissed:
        'Sie haben die Abfrage des Systems geschlossen. Der Befehl wurde nicht ausgeführt.',
      notAllowed: 'Das System hat es nicht erlaubt. Der Befehl wurde nicht ausgeführt.',
    },
    results: 'Ergebnisse',
    selfTest: 'Engine',
    selfTestRun: 'Engine testen',
    selfTesting: 'Testet…',
    selfTestHint:
      'Berechnet Hashes, deren Ergebnisse mit RandomX veröffentlicht sind, mit erzeugtem Code und ohne. Dasselbe tut die Engine von selbst vor ihrem ersten Share.',
    selfTestRight: 'Alle {{hashes}} Hashes stimmen ({{seconds}} s).',
    selfTestWrong:
      'Falsche Hashes: {{ways}}. Machen Sie jede Übertaktung rückgängig und prüfen Sie die Temperatur. Wenn es dabei bleibt, melden Sie es zusammen mit Ihrem CPU-Modell.',
    pagesGain: 'Was Huge Pages hier bringen',
    pagesGainRun: 'Gewinn messen',
    pagesGainMeasuring: 'Misst…',
    pagesGainHint:
      'Berechnet etwa eine halbe Minute lang abwechselnd Hashes mit Huge Pages und ohne, mit denselben Threads. Nichts wird gesendet und nichts verdient. Es braucht währenddessen 5 GiB Speicher.',
    pagesGainFaster:
      'Auf diesem Computer ist das Mining mit Huge Pages {{gain, percent}} schneller: {{huge}} mit ihnen, {{small}} ohne.',
    pagesGainAlike:
      'Auf diesem Computer machen Huge Pages keinen Unterschied: {{huge}} mit ihnen, {{small}} ohne.',
    pagesGainOf_one: 'Gemessen mit {{count}} Thread und {{pages, pages}}.',
    pagesGainOf_other: 'Gemessen mit {{count}} Threads und {{pages, pages}}.',
    pagesGainNone:
      'Das System gibt zurzeit keine Huge Pages, darum gibt es nichts zu vergleichen. Was sie einschaltet, steht unter „Huge Pages“.',
    fork: 'Der nächste Fork von Monero',
    forkRun: 'Fork proben',
    forkRunning: 'Probt…',
    forkHint:
      'Moneros nächster Fork bringt RandomX v2 (rx/2). Die Probe schürft auf dem Übungspool in dieser App, der mittendrin den Fork vollzieht. Sie dauert etwa eine Minute und braucht im schnellen Modus 3 GiB Speicher. Nichts verlässt diesen Computer und nichts wird verdient.',
    forkReady: 'Diese App und dieser Computer sind bereit für den nächsten Fork von Monero.',
    forkNotReady:
      'Diese App oder dieser Computer ist nicht bereit für den nächsten Fork von Monero. Suchen Sie nach einem Update und proben Sie ihn dann erneut.',
    forkUnproven:
      'Es ging nichts schief, aber dieser Computer hat in der Minute nach dem Fork keinen Share gefunden. Proben Sie den Fork erneut, wenn möglich mit mehr Threads.',
    forkShares:
      'Akzeptierte Shares: {{before}} vor dem Fork, {{after}} danach. Abgelehnt: {{refused}}.',
    forkKept:
      'Nichts musste neu erstellt werden, und das Mining stand höchstens {{seconds}} s still.',
    forkRebuilt:
      'Dataset oder Cache mussten neu erstellt werden, und das Mining stand {{seconds}} s still.',
    forkRates: 'Hashrate: {{before}} vorher (rx/0), {{after}} nachher (rx/2).',
    forkAt: 'Geprobt am {{date}} im {{mode}} Modus.',
    checks: {
      memory: 'Speicher',
      hugePages: 'Huge Pages',
      transparentPages: 'Transparent Huge Pages',
      aes: 'AES-Befehle',
      jit: 'Erzeugter Code',
      dns: 'Name des Pools',
      tls: 'Verschlüsselung',
      clock: 'Uhr',
      virtualMachine: 'Virtuelle Maschine',
      numa: 'Speicheraufteilung (NUMA)',
      temperature: 'Temperatur',
      energy: 'Stromverbrauch',
      antivirus: 'Virenschutz',
      battery: 'Akku-Erkennung',
      idle: 'Nutzungserkennung',
      tray: 'Tray-Symbol',
    },
    remarks: {
      memoryLightChosen: 'In den Einstellungen ist der leichte Modus gewählt. Er braucht 256 MiB.',
      memoryFast: 'Der schnelle Modus hat die 2,3 GiB, die er braucht.',
      memoryUnknown: 'Dieser Computer meldet nicht, wie viel Speicher frei ist.',
      memoryFree: '{{bytes, gibibytes}} sind frei. Der schnelle Modus braucht etwa 3 GiB.',
      memoryShort:
        '{{bytes, gibibytes}} sind frei. Der schnelle Modus braucht etwa 3 GiB, darum würde dieser Computer im leichten Modus schürfen, der um ein Mehrfaches langsamer ist.',
      memoryShortNow:
        '{{bytes, gibibytes}} sind frei. Der schnelle Modus braucht etwa 3 GiB, darum schürft dieser Computer im leichten Modus, der um ein Mehrfaches langsamer ist.',
      memoryFix:
        'Schließen Sie andere Programme, stoppen Sie dann das Mining und starten Sie es wieder.',
      pagesGood: 'Huge Pages sind in Gebrauch.',
      pagesFree_one: '{{count, integer}} Huge Page von 2 MiB ist frei.',
      pagesFree_other: '{{count, integer}} Huge Pages von 2 MiB sind frei.',
      pagesShort_one:
        'Ein Thread braucht {{needed, integer}} Huge Pages von 2 MiB; {{free, integer}} sind frei.',
      pagesShort_other:
        '{{count}} Threads brauchen {{needed, integer}} Huge Pages von 2 MiB; {{free, integer}} sind frei.',
      pagesTransparent:
        'Stattdessen werden Transparent Huge Pages verwendet, die fast so schnell sind.',
      pagesUnknown: 'Dieser Computer meldet seine Huge Pages nicht.',
      pagesInUse:
        'Dataset: {{dataset, pages}}. Cache: {{cache, pages}}. Scratchpads: {{scratchpads, pages}}.',
      pagesFix:
        'Reservieren Sie sie, stoppen Sie dann das Mining und starten Sie es wieder. Jeder Speicherzugriff braucht dann weniger Schritte, meist der größte Gewinn überhaupt. Andere Programme können diese {{bytes, gibibytes}} solange nicht nutzen.',
      pagesFixBeside:
        'Reservieren Sie sie, stoppen Sie dann das Mining und starten Sie es wieder. Auf sie ist mehr Verlass als auf transparente, und oft sind sie etwas schneller. Andere Programme können diese {{bytes, gibibytes}} solange nicht nutzen.',
      thpOn: 'Das System gibt Huge Pages an Programme, die darum bitten, wie dieses.',
      thpNotNeeded: 'Sie sind ausgeschaltet und nicht nötig: Es sind genug Huge Pages reserviert.',
      thpOff: 'Das System gibt von sich aus keine Huge Pages.',
      thpFix:
        'Erlauben Sie Huge Pages für Programme, die darum bitten, stoppen Sie dann das Mining und starten Sie es wieder. Das bringt das meiste von dem, was Huge Pages bringen, ohne Speicher zu reservieren.',
      thpUnknown: 'Dieser Computer meldet sie nicht.',
      aesFound: 'Die CPU hat AES-Befehle.',
      aesMissing: 'Die CPU hat keine AES-Befehle. Ohne sie ist das Mining viel langsamer.',
      aesFix:
        'Wenn das eine virtuelle Maschine ist, stellen Sie ihren CPU-Typ auf „host“. Sonst ist diese CPU zu alt, um gut zu schürfen.',
      aesUnknown:
        'Die Mining-Engine konnte nicht geladen werden, darum war die CPU nicht zu prüfen.',
      jitUsed: 'RandomX-Programme laufen als erzeugter Maschinencode ({{path}}).',
      jitMissing:
        'RandomX-Programme werden interpretiert, was um ein Vielfaches langsamer ist. Entweder verbietet das System erzeugten Code, oder diese CPU wird nicht unterstützt.',
      jitFix: 'Erlauben Sie dieser App in Ihrer Sicherheitssoftware, erzeugten Code auszuführen.',
      jitUnknown: 'Wird bekannt, sobald das Mining begonnen hat.',
      poolNone: 'Noch ist kein Pool gewählt.',
      poolPractice: 'Der Übungspool ist in dieser App.',
      nameFound: '{{host}} wurde gefunden.',
      nameNotFound: '{{host}} konnte nicht nachgeschlagen werden.',
      nameFix: 'Prüfen Sie die Schreibweise der Pool-Adresse und Ihre Internetverbindung.',
      nameByProxy: 'Der Proxy schlägt {{host}} nach.',
      nameNotAsked:
        '{{host}} wurde nicht nachgeschlagen: Das tut die App nur, während sie schürft.',
      tlsUsed: 'Die Verbindung ist verschlüsselt.',
      tlsNotNeeded: 'Die Verbindung verlässt diesen Computer nie.',
      tlsByTor: 'Tor verschlüsselt die Verbindung zu einer Onion-Adresse.',
      tlsMissing:
        'Die Verbindung ist nicht verschlüsselt. Jeder zwischen Ihnen und dem Pool kann Ihre Adresse lesen und Ihre Shares umleiten.',
      tlsFix: 'Nutzen Sie den TLS-Port des Pools, wenn er einen hat.',
      tlsMissingToNode:
        'Die Verbindung zum Node ist nicht verschlüsselt. Jeder zwischen Ihnen und dem Node kann Ihre Erträge umleiten.',
      tlsFixOfNode:
        'Verbinden Sie sich über TLS mit dem Node, oder betreiben Sie ihn auf diesem Computer.',
      clockKept: 'Ein Zeitserver hält die Uhr richtig.',
      clockBehind: 'Die Uhr geht um Monate oder Jahre nach.',
      clockAlone: 'Kein Zeitserver hält die Uhr richtig.',
      clockFix:
        'Schalten Sie in den Einstellungen Ihres Systems die automatische Zeit ein. Zertifikate und der Verlauf brauchen die richtige Zeit.',
      clockUnknown:
        'Die Uhr wirkt plausibel. Dieses System meldet nicht, ob ein Zeitserver sie richtig hält.',
      virtualNo: 'Dieser Computer ist keine virtuelle Maschine.',
      virtualYes:
        'Das ist eine virtuelle Maschine. Zum Schürfen braucht sie den CPU-Typ „host“, und am meisten helfen Huge Pages auf dem Host.',
      virtualUnknown: 'Dieser Computer meldet nicht, ob er eine virtuelle Maschine ist.',
      numaOne: 'Der gesamte Speicher ist gleich nah an der CPU.',
      numaMany:
        'Dieser Computer hat {{nodes, integer}} Speicherknoten. Jeder bekommt eine eigene Kopie des Datasets, wo Platz dafür ist.',
      numaUnknown:
        'Die Mining-Engine konnte nicht geladen werden, darum ist die Speicheraufteilung nicht bekannt.',
      temperatureKnown:
        'Die Temperatur der CPU ist lesbar, darum kann die App das Mining drosseln, wenn die CPU heiß wird.',
      temperatureUnknown:
        'Die Temperatur der CPU ist hier nicht lesbar, darum kann die App das Mining nicht drosseln, wenn die CPU heiß wird.',
      energyKnown: 'Die CPU meldet, wie viel Strom sie verbraucht.',
      energyUnknown:
        'Der Verbrauch der CPU ist hier nicht lesbar. Geben Sie ihn unter „Ertrag und Kosten“ ein, um zu sehen, was das Mining kostet.',
      energyClosed:
        'Die CPU zählt, wie viel Energie sie verbraucht, aber auf diesem System dürfen nur Administratoren das lesen.',
      energyFix:
        'Lassen Sie es alle Programme lesen: Dann misst die App, was das Mining kostet, und kann den Verbrauch der CPU begrenzen. Systeme sperren es, weil ein Programm daraus erraten könnte, was andere berechnen.',
      antivirusRare: 'Virenschutzprogramme stören auf diesem System selten.',
      antivirusLikely:
        'Virenschutzprogramme halten Miner oft für eine Bedrohung, selbst wenn Sie sie selbst installiert haben. Wenn Ihres diese App blockiert, prüfen Sie ihre Dateien unter „Über“ und erlauben Sie dann diesen Ordner: {{folder}}.',
      batteryKnown:
        'Das System meldet, ob es im Akkubetrieb läuft, darum wirkt „Pause im Akkubetrieb“.',
      batteryUnknown: 'Es wurde kein Akku gefunden, darum wirkt „Pause im Akkubetrieb“ nicht.',
      idleKnown: 'Das System meldet, ob der Computer benutzt wird.',
      idleUnknown: 'Dieser Desktop meldet nicht, ob der Computer benutzt wird.',
      trayShown: 'Der Desktop zeigt Tray-Symbole.',
      trayMissing:
        'Der Desktop zeigt keine Tray-Symbole, darum bleibt das Fenster beim Mining offen.',
      trayFix:
        'Installieren Sie unter GNOME die Erweiterung „AppIndicator and KStatusNotifierItem Support“ und melden Sie sich neu an. Danach kann das Fenster beim Mining ausgeblendet werden. Unter Debian und Ubuntu:',
    },
    report: {
      title: 'Ibctminer {{version}} auf {{platform}}',
      cpu: 'CPU: {{name}}',
      state: 'Status: {{why}}',
    },
  },
  about: {
    lead: 'Monero-Mining auf Ihrer eigenen CPU. Nichts läuft, bevor Sie auf „Starten“ klicken.',
    version: 'Version {{version}}',
    fee: '0\u00a0% Gebühr',
    versions: 'Versionen',
    application: 'Ibctminer',
    electron: 'Electron',
    chrome: 'Chromium',
    node: 'Node.js',
    platform: 'System',
    library: 'Native Bibliothek (SHA-256)',
    libraryNone: 'Nicht geladen',
    settingsFolder: 'Einstellungsordner',
    oldElectron:
      'Dieser Build läuft mit Electron {{version}}, das keine Sicherheitsupdates mehr erhält: Das offizielle ließ sich beim Bauen nicht herunterladen. Er ist für Entwicklung und Tests gedacht. Geben Sie ihn nicht weiter.',
    trust: 'Was wir zusagen',
    rules: {
      start:
        'Kein Hash wird berechnet, bevor Sie zugestimmt und auf „Starten“ geklickt haben. Bis dahin wird ein Pool nur kontaktiert, wenn Sie ihn testen oder messen.',
      visible:
        'Während des Minings ist ein Fenster oder Tray-Symbol unter dem Namen der App zu sehen.',
      fee: 'Sie schürfen für Ihre eigene Adresse. Die Gebühr ist 0\u00a0%.',
      practice: 'Übung und Messungen senden niemandem Arbeit.',
      rights:
        'Sie gibt sich nie selbst Administratorrechte. Sie zeigt die Befehle, die welche brauchen, und führt einen nur aus, wenn Sie auf „Befehl ausführen“ klicken und die Abfrage des Systems es erlaubt.',
      system: 'Sie lädt keinen Treiber und ändert weder Virenschutz noch Energieeinstellungen.',
      updates: 'Sie lädt keine Programme hinter Ihrem Rücken herunter.',
      quit: 'Nach dem Beenden bleibt kein Prozess zurück.',
      privacy: 'Protokolle und Berichte enthalten Ihre Adresse nicht. Keine Telemetrie.',
    },
    files: 'Sind diese Dateien echt?',
    filesHint:
      'Vergleicht jede Datei dieser App mit der Liste, die bei der Veröffentlichung signiert wurde. Nichts wird gesendet.',
    filesCompare: 'Dateien vergleichen',
    filesComparing: 'Wird verglichen…',
    filesUnsigned:
      'Dieser Build kam ohne signierte Liste, wie Entwicklungs-Builds. Woraus er gemacht wurde, lässt sich nicht sagen.',
    filesSame_one: '{{count}} Datei ist so, wie sie veröffentlicht wurde ({{signedAs}}).',
    filesSame_other:
      'Alle {{count}} Dateien sind so, wie sie veröffentlicht wurden ({{signedAs}}).',
    filesDiffer:
      'Diese Dateien sind nicht so, wie sie veröffentlicht wurden. Installieren Sie die App neu aus einer Quelle, der Sie vertrauen.',
    filesChanged: 'Geändert: {{files}}',
    filesMissing: 'Fehlt: {{files}}',
    filesAdded: 'Nicht von uns: {{files}}',
    filesOutside:
      'Ein verändertes Programm kann über sich selbst lügen. Von außen, mit dem Schlüssel auf der Webseite:',
    licences: 'Lizenzen',
    licence: 'Ibctminer ist freie Software unter der MIT-Lizenz.',
    builtWith: 'Gebaut mit',
    links: 'Mehr erfahren',
    howMiningWorks: 'Wie Mining funktioniert',
    hugePages: 'Huge Pages erklärt',
    source: 'Quellcode',
    getWallet: 'Eine Wallet holen',
  },
  connections: {
    title: 'Verbindungen',
    hint: 'Alles, womit sich die App verbindet oder worauf sie lauscht. Die Namen darunter erfragt sie beim Nameserver Ihres Systems. Sonst wird nichts kontaktiert.',
    purpose: 'Wozu',
    place: 'Wo',
    last: 'Zuletzt geöffnet',
    bytes: 'Gesendet / empfangen',
    bytesHint: 'Die Bytes werden seit dem Start der App gezählt, samt Verschlüsselung.',
    state: 'Jetzt',
    never: 'Nicht seit dem Start',
    on: 'An',
    off: 'Aus',
    anyPort: '{{host}}, irgendein freier Port',
    purposes: {
      pool: 'Pool: Arbeit und Shares, mit Ihrer Wallet-Adresse. Während Sie schürfen und wenn Sie ihn testen.',
      node: 'Node: zu schürfende Blöcke, mit Ihrer Wallet-Adresse. Während Sie schürfen und wenn Sie ihn testen.',
      nodeNews: 'Node: Nachrichten über Blöcke, während Sie schürfen.',
      latency:
        'Bekannter Pool: kurz verbunden und wieder getrennt, um seine Latenz zu messen. Nichts wird gesendet. Wenn Sie es verlangen.',
      account:
        'Web-API des Pools: Ihr Guthaben dort, mit Ihrer Wallet-Adresse erfragt. Alle fünf Minuten, solange Sie schürfen oder es ansehen, wenn Sie es eingeschaltet haben.',
      practice: 'Übungspool, in der App. Während Sie üben.',
      updates:
        'Neue Versionen: zwei kleine Dateien, nichts über Sie. Einmal am Tag, wenn in den Einstellungen eingeschaltet. Das Programm selbst, wenn Sie auf „Herunterladen“ klicken.',
      api: 'Überwachungs-API: Programme auf diesem Computer fragen, die App antwortet. Wenn in den Einstellungen eingeschaltet.',
    },
  },
  uninstall: {
    title: 'Deinstallieren',
    hint: 'Zeigt alles, was die App auf diesem Computer angelegt hat, und entfernt, was Sie nicht behalten.',
    open: 'Deinstallieren…',
    askTitle: 'Ibctminer deinstallieren?',
    askText:
      'Das ist alles, was die App auf diesem Computer angelegt hat. Das Mining stoppt, und was Sie nicht behalten, wird endgültig gelöscht. Ihre Coins sind sicher: Sie liegen in Ihrer Wallet, nicht in dieser App.',
    nothing: 'Die App hat nichts auf diesen Computer geschrieben.',
    made: {
      settings: 'Einstellungen, Wallet-Adresse und Pools',
      history: 'Mining-Verlauf',
      logs: 'Protokolle',
      tuning: 'Leistungsmessungen',
      marker: 'Vermerk, dass das Mining läuft',
      window: 'Größe und Ort des Fensters',
      loginItem: 'Öffnen bei der Anmeldung',
      browser: 'Cache des Fensters',
      lock: 'Vermerk, dass die App läuft',
      update: 'Neuere Version, heruntergeladen',
      folder: 'Ordner der App',
    },
    keep: {
      settings: 'Einstellungen, Wallet-Adresse und Pools behalten',
      history: 'Verlauf behalten',
      tuning: 'Leistungsmessungen behalten (der Terminal-Miner nutzt sie auch)',
    },
    foreign: 'Nicht von der App angelegt, bleibt darum unberührt: {{names}}',
    confirm: 'Mining stoppen und entfernen',
    removing: 'Wird entfernt…',
    doneTitle: 'Ibctminer hat aufgeräumt',
    partlyTitle: 'Nicht alles konnte entfernt werden',
    doneText: 'Beenden Sie die App jetzt; alles andere würde manches davon wieder anlegen.',
    fates: {
      removed: 'Entfernt',
      kept: 'Behalten',
      atQuit: 'Verschwindet beim Beenden',
      afterQuit: 'Nach dem Beenden löschen',
      failed: 'Konnte nicht entfernt werden: {{problem}}',
    },
    programTitle: 'Das Programm selbst',
    program: {
      deb: 'Die Paketverwaltung Ihres Systems hat es installiert. So entfernen Sie es:',
      appImage: 'Es ist eine einzelne Datei. So löschen Sie sie:',
      folder: 'Es ist der Ordner, den Sie entpackt haben. So löschen Sie ihn:',
      nsis: 'Entfernen Sie es in Windows unter „Installierte Apps“ oder mit:',
      mac: 'Bewegen Sie es in den Papierkorb, oder löschen Sie es mit:',
      source: 'Es läuft aus seinem Quellbaum. So löschen Sie diesen:',
    },
    hugePagesTitle: 'Huge Pages',
    hugePages_one:
      '{{count}} Huge Page ist reserviert. Die App tut das nie ungefragt. Wenn es fürs Mining war, machen Sie es rückgängig mit:',
    hugePages_other:
      '{{count}} Huge Pages sind reserviert. Die App tut das nie ungefragt. Wenn es fürs Mining war, machen Sie es rückgängig mit:',
    quit: 'Beenden',
  },
  close: {
    title: 'Ibctminer schließen?',
    mining: 'Das Mining kann im Hintergrund weiterlaufen, mit einem Tray-Symbol.',
    idle: 'Die App kann im Tray bleiben. Gerade läuft kein Mining.',
    noTray:
      'Dieser Desktop zeigt keine Tray-Symbole, darum kann die App nicht im Hintergrund weiterlaufen.',
    background: 'Im Hintergrund weiterlaufen',
    quit: 'Beenden',
    quitMining: 'Mining stoppen und beenden',
    remember: 'Auswahl merken',
  },
  problem: {
    internal: 'In der App ist etwas schiefgegangen: {{reason}}',
    poolUrlEmpty: 'Geben Sie die Adresse eines Pools ein, zum Beispiel pool.example.com:3333.',
    poolUrlWebPage:
      '{{scheme}}:// ist eine Webseite. Suchen Sie dort nach der Adresse des Mining-Ports, zum Beispiel pool.example.com:3333. Für Ihren eigenen monerod schreiben Sie daemon+http://host:port.',
    poolUrlScheme:
      '{{scheme}}:// wird nicht unterstützt. Schreiben Sie host:port, stratum+tcp://host:port oder stratum+ssl://host:port.',
    poolUrlHost:
      '„{{host}}“ ist kein gültiger Hostname und keine gültige Adresse. Prüfen Sie die Schreibweise.',
    poolUrlHostMissing:
      'Der Host fehlt. Schreiben Sie host:port, zum Beispiel pool.example.com:3333.',
    poolUrlBrackets: 'Setzen Sie eine IPv6-Adresse in Klammern: [{{address}}]:3333.',
    poolUrlPort: '„{{port}}“ ist kein gültiger Port. Ports sind Zahlen von 1 bis 65535.',
    poolUrlPortMissing:
      'Der Port fehlt. Schreiben Sie host:port, zum Beispiel pool.example.com:3333.',
    poolUrlLogin:
      'Schreiben Sie die Adresse ohne Login: {{place}}. Der Login hat ein eigenes Feld (--login und --pass im Terminal).',
    connectionTimedOut:
      '{{place}} hat nicht rechtzeitig geantwortet. Prüfen Sie Host, Port und Ihre Internetverbindung.',
    connectionRefused: '{{place}} hat die Verbindung abgelehnt. Prüfen Sie den Port.',
    connectionFailed:
      '{{place}} war nicht erreichbar ({{reason}}). Prüfen Sie Host, Port und Ihre Internetverbindung.',
    hostUnreachable: '{{place}} ist von hier nicht erreichbar. Prüfen Sie Ihre Internetverbindung.',
    hostNotFound: '{{host}} wurde nicht gefunden. Prüfen Sie die Schreibweise.',
    nameServersSilent:
      '{{host}} konnte nicht nachgeschlagen werden: Kein Nameserver hat geantwortet. Prüfen Sie Ihre Internetverbindung.',
    proxyUnreachable: 'Der Proxy konnte nicht verwendet werden. {{why}}',
    proxyFailed:
      'Der Proxy konnte {{place}} nicht erreichen ({{reason}}). Prüfen Sie die Adresse des Pools und das Protokoll des Proxys.',
    tlsFailed:
      '{{place}} hat nicht über TLS geantwortet. Schalten Sie TLS aus, oder nehmen Sie den TLS-Port des Pools.',
    tlsExpected: 'Das ist ein TLS-Port. Schalten Sie TLS für diesen Pool ein.',
    certificateNotTrusted:
      'Das Zertifikat ist nicht vertrauenswürdig. {{why}} Vertrauen Sie ihm nur, wenn Sie wissen, dass sein Fingerabdruck {{fingerprint}} ist, oder wählen Sie einen anderen Pool.',
    certificateNotPinned:
      'Das Zertifikat ist nicht das von Ihnen festgelegte: erwartet {{pinned}}, gefunden {{found}}. Vielleicht fängt jemand die Verbindung ab. Wenn ein neues Zertifikat angekündigt wurde, legen Sie dieses fest.',
    certificateChanged:
      'Das Zertifikat hat von {{first}} zu {{found}} gewechselt, und keine bekannte Stelle bürgt für das neue. Vielleicht fängt jemand die Verbindung ab. Wenn Sie Ihren eigenen P2Pool neu gestartet haben, starten Sie das Mining noch einmal, um ihm zu vertrauen.',
    certificateExpired: 'Es ist am {{day}} abgelaufen.',
    certificateNotYetValid:
      'Es ist nicht vor dem {{day}} gültig. Prüfen Sie die Uhr dieses Computers.',
    certificateSelfSigned: 'Es ist selbstsigniert.',
    certificateUnknownAuthority: 'Keine Stelle, die dieser Computer kennt, bürgt dafür.',
    certificateOfAnother: 'Es wurde für {{names}} ausgestellt, nicht für {{name}}.',
    certificateUnverified: 'Es konnte nicht überprüft werden ({{reason}}).',
    loginTimedOut:
      'Der Pool hat auf die Anmeldung nicht innerhalb von {{waitMs, duration}} geantwortet.',
    loginTooLong: 'Login, Passwort und Rig-Name sind zusammen zu lang. Kürzen Sie sie.',
    loginMalformed: 'Der Pool hat die Anmeldung angenommen, ohne eine Sitzungs-ID zu nennen.',
    sessionIdTooLong: 'Die Sitzungs-ID des Pools ist zu lang, um sie zurückzusenden.',
    loginRefused:
      'Der Pool hat die Anmeldung abgelehnt: „{{said}}“. Prüfen Sie die Wallet-Adresse und die Einstellungen des Pools.',
    loginFailed: 'Der Pool hat die Anmeldung abgelehnt: „{{said}}“.',
    loginFailedSilently: 'Der Pool hat die Anmeldung ohne Angabe von Gründen abgelehnt.',
    poolNotReady: 'Der Pool kann die Anmeldung gerade nicht annehmen: „{{said}}“.',
    banned: 'Der Pool hat diesen Computer für eine Weile gesperrt: „{{said}}“.',
    sessionLost: 'Der Pool hat diese Sitzung vergessen: „{{said}}“.',
    noJob:
      'Der Pool hat die Anmeldung angenommen, aber innerhalb von {{waitMs, duration}} keinen Job gesendet.',
    noJobForLong: 'Der Pool hat seit {{waitMs, roughly}} keinen Job gesendet.',
    sharesUnanswered_one: 'Der Pool hat auf den letzten Share nicht geantwortet.',
    sharesUnanswered_other: 'Der Pool hat auf die letzten {{count}} Shares nicht geantwortet.',
    noShareCounts_one: 'Der letzte Share hat nicht gezählt. {{why}}',
    noShareCounts_other: 'Keiner der letzten {{count}} Shares hat gezählt. {{why}}',
    sharesRefusedForNow:
      'Fünf Shares in Folge wurden abgelehnt. {{why}} Die App versucht diesen Pool später wieder.',
    sharesRefused:
      'Fünf Shares in Folge wurden abgelehnt. {{why}} Das Mining auf diesem Pool wurde gestoppt, weil die Ergebnisse dieses Computers falsch sein könnten. Machen Sie jede Übertaktung rückgängig, oder versuchen Sie einen anderen Pool.',
    poolNotReading: 'Der Pool liest nicht mehr, was ihm gesendet wird.',
    tooMuchData: 'Der Pool sendet weit mehr Daten, als ein Pool sollte. Prüfen Sie den Port.',
    lineTooLong: 'Der Pool hat eine endlose Zeile gesendet. Prüfen Sie den Port.',
    notStratum: 'Der Pool spricht das Stratum-Protokoll nicht. Prüfen Sie den Port.',
    webServer: 'Dieser Port gehört zu einem Webserver. Suchen Sie den Mining-Port des Pools.',
    closed: 'Der Pool hat die Verbindung geschlossen.',
    closedAtOnce: 'Der Pool hat die Verbindung ohne Antwort geschlossen.',
    closedAtOnceTlsPerhaps:
      'Der Pool hat die Verbindung ohne Antwort geschlossen. Wenn das ein TLS-Port ist, schalten Sie TLS für diesen Pool ein.',
    connectionBroken: 'Der Pool hat die Verbindung abgebrochen.',
    connectionDied: 'Die Verbindung ist tot: Der Pool antwortet nicht mehr.',
    connectionEnded: 'Die Verbindung ist abgerissen ({{reason}}).',
    connectionRenewed:
      'Der Computer hat geschlafen, oder sein Netzwerk hat gewechselt. Wird neu verbunden.',
    jobMalformed:
      'Der Pool hat einen Job gesendet, in dem {{member}} fehlt oder fehlerhaft ist. Er wurde ignoriert.',
    jobsMalformed: 'Der Pool sendet fehlerhafte Jobs. {{why}}',
    jobIdTooLong: 'Der Pool hat einen Job gesendet, dessen ID zu lang ist, um sie zurückzusenden.',
    algorithmUnknown:
      'Der Pool hat einen Job für „{{said}}“ gesendet. Das ist nicht der Algorithmus von Monero. Wählen Sie einen anderen Pool oder Port.',
    algorithmNotWanted:
      'Der Pool hat einen Job für {{algorithm}} gesendet, aber nur {{wanted}} darf geschürft werden. Wählen Sie einen anderen Pool oder Port.',
    blockVersionUnknown:
      'Der Pool hat einen Block der Version {{version}} gesendet, den diese App nicht schürfen kann. Wählen Sie einen anderen Pool oder Port.',
    blockLayoutUnknown:
      'Der Pool hat einen Block mit unbekanntem Aufbau gesendet. Wählen Sie einen anderen Pool oder Port, oder suchen Sie nach einem Update dieser App.',
    seedHashMissing:
      'Der Pool hat einen RandomX-Job ohne Seed-Hash gesendet, den niemand schürfen kann. Wählen Sie einen anderen Pool oder Port.',
    jobGone: 'Der Job dieses Shares gehört zu einer früheren Verbindung.',
    jobWithdrawn:
      'Der Pool hat den Job dieses Shares durch einen ersetzt, der sich nicht schürfen lässt.',
    difficultyRaised: 'Der Pool hat inzwischen die Difficulty dieses Jobs erhöht.',
    blockChanged: 'Der Pool ist zum nächsten Block übergegangen, bevor der Share gefunden war.',
    shareBelowTarget:
      'Die Engine hat einen Share gefunden, der sein Ziel verfehlt. Er wurde nicht gesendet.',
    shareNonceDiffers:
      'Die Nonce des Shares weicht von der in seinem Blob ab. Er wurde nicht gesendet.',
    shareNonceReserved:
      'Die Nonce des Shares nutzt ein Byte, das für den Pool reserviert ist. Er wurde nicht gesendet.',
    shareRepeated: 'Derselbe Share wurde zweimal gefunden. Er wurde einmal gesendet.',
    tooManyShares: 'Der Pool verlangt so wenig Arbeit pro Share, dass dieser nicht gesendet wurde.',
    notConnected: 'Es gab keine Verbindung, um den Share zu senden.',
    shareUnanswered: 'Der Pool hat auf diesen Share nicht innerhalb einer Minute geantwortet.',
    shareCutOff: 'Die Verbindung endete, bevor der Pool auf diesen Share geantwortet hat.',
    poolLeft: 'Die App hat den Pool verlassen, bevor er auf diesen Share geantwortet hat.',
    shareLate: 'Der Share hat den Pool zu spät erreicht: „{{said}}“.',
    shareRefused: 'Der Pool hat einen Share abgelehnt: „{{said}}“.',
    shareRefusedSilently: 'Der Pool hat einen Share ohne Angabe von Gründen abgelehnt.',
    poolGivesNoWork: 'Dieser Pool gibt keine Arbeit, aber ein anderer auf Ihrer Liste tut es.',
    earlierPoolWorks: 'Ein Pool weiter oben auf Ihrer Liste funktioniert wieder.',
    noPoolLeft: 'Kein Pool auf der Liste funktioniert. {{why}}',
    nodeUrlEmpty: 'Geben Sie die Adresse eines monerod ein, zum Beispiel 127.0.0.1:18081.',
    nodeUrlScheme:
      'monerod ist nicht über {{scheme}}:// erreichbar. Schreiben Sie host:port, http://host:port oder https://host:port.',
    nodeUrlLogin:
      'Der Login in dieser Adresse ist nicht lesbar. Schreiben Sie user:password@host:port, mit %40 für @, %3A für :, %2F für / und %25 für %.',
    nodeUrlPath:
      '„{{path}}“ nach der Adresse des Nodes ist kein gültiger Pfad. Lassen Sie ihn weg.',
    nodeUrlQuery:
      '„{{query}}“ wird nicht unterstützt. Auf die Adresse darf nur ?zmq=PORT folgen, der Port von --zmq-pub bei monerod.',
    nodeLoginNeeded:
      'Der Node verlangt einen Login. Geben Sie Benutzername und Passwort seines --rpc-login ein.',
    nodeLoginRefused: 'Der Node hat Benutzername oder Passwort abgelehnt. Prüfen Sie beide.',
    nodeLoginUnknown:
      'Der Server vor dem Node verlangt eine Art von Login, die nicht unterstützt wird.',
    nodeLoginInClear:
      'Der Server vor dem Node will das Passwort im Klartext. Verwenden Sie TLS (https://), damit niemand es lesen kann.',
    nodeRefused: 'Der Node hat geantwortet: „{{said}}“.',
    nodeHttpStatus:
      'Der Node hat mit HTTP-Status {{status}} geantwortet. Prüfen Sie, ob das der RPC-Port von monerod ist, und auch den Pfad, falls es einen gibt.',
    nodeNotMonerod:
      'Was dort antwortet, ist nicht monerod (gefragt nach {{asked}}). Prüfen Sie, ob das sein RPC-Port ist.',
    nodeAnswerTooLong:
      'Die Antwort des Nodes ist zu lang. Prüfen Sie, ob das der RPC-Port von monerod ist.',
    nodeTimeout: 'Der Node hat nicht innerhalb von {{limitMs, duration}} geantwortet.',
    nodeClosed:
      '{{place}} hat die Verbindung ohne Antwort geschlossen. Prüfen Sie, ob monerod läuft und ob das sein RPC-Port ist. Vielleicht will er auch TLS (https://).',
    nodeNotHttp:
      '{{place}} spricht kein HTTP. Prüfen Sie, ob das der RPC-Port von monerod ist. Vielleicht will er auch TLS (https://).',
    nodeConnectionLost: 'Die Verbindung zu {{place}} ist gescheitert ({{reason}}).',
    nodeWrongNetwork:
      'Der Node gehört zum {{nodeNetwork}}, die Wallet-Adresse aber zum {{network}}. Verwenden Sie einen Node dieses Netzwerks.',
    nodeSyncing: 'Der Node synchronisiert noch. Das Mining beginnt von selbst, wenn er fertig ist.',
    nodeSyncingAt:
      'Der Node synchronisiert noch (Block {{height, integer}} von {{target, integer}}). Das Mining beginnt von selbst, wenn er fertig ist.',
    nodeUntrusted:
      'Der Node synchronisiert noch und gibt weiter, was ein anderer Node sagt; einen Block könnte er so nicht veröffentlichen. Das Mining beginnt von selbst, wenn er fertig ist.',
    nodeAddressRefused: 'Der Node nimmt diese Wallet-Adresse nicht an. Prüfen Sie sie.',
    nodeSubaddress:
      'Solo-Mining braucht eine Hauptadresse, die mit 4 beginnt. Das ist eine Subadresse.',
    nodeIntegrated:
      'Ein Node lässt die Payment-ID einer integrierten Adresse weg, darum wüsste niemand, für wen eine Belohnung ist. Solo-Mining braucht eine Hauptadresse.',
    nodeOldBlock:
      'Der Node verlangt einen Block der Version {{version}}, aus der Zeit vor RandomX. Prüfen Sie, ob der Node synchronisiert ist.',
    nodeUnknownLayout:
      'Der Node verlangt einen Block mit unbekanntem Aufbau (Version {{version}}). Suchen Sie nach einem Update dieser App.',
    nodeOtherAlgorithm: 'Der Node verlangt {{algorithm}}, aber nur {{only}} darf geschürft werden.',
    nodeUnproven:
      'Nichts beweist, dass {{host}} Ihr Node ist. Jeder dazwischen kann Arbeit verteilen, die jemand anderem zugutekommt. Verwenden Sie TLS mit einem Zertifikat, dem Sie vertrauen.',
    nodeNoPublisher: '{{place}} ist nicht der ZMQ-Publisher von monerod.',
    nodeNotAnnouncing:
      'Der Node meldet keine neuen Blöcke, darum fragt ihn die App einmal pro Sekunde. Prüfen Sie --zmq-pub bei monerod. {{reason}}',
    blockSuperseded: 'Die Chain hat einen neueren Block als den, auf dem diese Lösung aufbaut.',
    blockTemplateUsed: 'Dieser Block hat schon eine Lösung. Eine zweite kann nicht in die Chain.',
    blockTooEasy: 'Der Hash erreicht die Difficulty des Blocks nicht.',
    blockOrphaned: 'Ein anderer Block derselben Höhe war schneller.',
    blockMissing: 'Der Node hat den Block angenommen, kennt ihn aber nicht.',
    blockUndelivered: 'Der Block konnte nicht mehr rechtzeitig übergeben werden. {{reason}}',
    blockUnanswered: 'Die App hat den Node verlassen, bevor er auf diese Lösung geantwortet hat.',
    practiceNoServer: 'Der Übungspool konnte auf diesem Computer nicht starten: {{reason}}.',
    addressMissing: 'Geben Sie Ihre Monero-Adresse ein.',
    addressOtherCoin:
      'Das sieht nach einer Adresse für {{coin}} aus. Geben Sie eine Monero-Adresse ein, die mit 4 oder 8 beginnt.',
    addressIsSecret:
      'Das sieht nach einer Seed-Phrase oder einem geheimen Schlüssel aus. Geben Sie so etwas niemals weiter: Wer es hat, kann Ihr Geld nehmen. Geben Sie die Adresse Ihrer Wallet ein, die mit 4 oder 8 beginnt.',
    addressIsName:
      '„{{name}}“ ist ein Name, keine Adresse. Die App schlägt keine Namen nach. Geben Sie die Monero-Adresse selbst ein, die Ihre Wallet zeigt.',
    addressWithMail:
      'Das ist eine Adresse, gefolgt von einem Worker-Namen oder einer E-Mail-Adresse. Geben Sie die Adresse allein ein. Wenn der Pool mehr im Login verlangt, nutzen Sie das Login-Feld (--login im Terminal).',
    addressGap_one:
      'Nach dem ersten Zeichen steht ein Leerzeichen oder Zeilenumbruch. Kopieren Sie die Adresse noch einmal in einem Stück.',
    addressGap_other:
      'Nach Zeichen {{count}} steht ein Leerzeichen oder Zeilenumbruch. Kopieren Sie die Adresse noch einmal in einem Stück.',
    addressForeign:
      'Zeichen {{position}} ist falsch: „{{character}}“ kommt in Monero-Adressen nie vor. Kopieren Sie die Adresse noch einmal.',
    addressInvisible:
      'Zeichen {{position}} ist unsichtbar ({{character}}) und gehört nicht in eine Adresse. Kopieren Sie die Adresse noch einmal, ohne etwas darum herum.',
    addressTooShort_one:
      'Ein Zeichen fehlt: Eine Adresse hat 95. Kopieren Sie die ganze Adresse noch einmal.',
    addressTooShort_other:
      'Das ist zu kurz für eine Monero-Adresse: Es fehlen {{count}} von 95 Zeichen. Kopieren Sie die ganze Adresse noch einmal.',
    addressOneTooMany:
      'Ein Zeichen zu viel: Eine Adresse hat 95. Kopieren Sie die ganze Adresse noch einmal.',
    addressTooLong:
      'Das sind {{length}} Zeichen. Eine Monero-Adresse hat 95, eine integrierte 106. Kopieren Sie die ganze Adresse noch einmal.',
    addressWrongCharacter:
      'Ein Zeichen ist falsch: das an Stelle {{position}}. Kopieren Sie die Adresse noch einmal aus Ihrer Wallet.',
    addressSwapped:
      'Zwei benachbarte Zeichen sind vertauscht: die Stellen {{first}} und {{second}}. Kopieren Sie die Adresse noch einmal aus Ihrer Wallet.',
    addressChecksum:
      'Einige Zeichen dieser Adresse sind falsch: Ihre Prüfsumme stimmt nicht. Kopieren Sie die Adresse noch einmal aus Ihrer Wallet.',
    addressUnknownKind:
      'Das ist keine Monero-Adresse, obwohl die Prüfsumme stimmt. Kopieren Sie die Adresse noch einmal aus Ihrer Wallet.',
    addressTestNetwork:
      'Das ist eine {{network}}-Adresse, auf der kein echtes Geld liegt. Geben Sie eine Adresse des Monero-Hauptnetzes ein.',
    addressWrongNetwork: 'Das ist eine {{network}}-Adresse. Geben Sie eine {{wanted}}-Adresse ein.',
    addressLinkOfWallet:
      'Dieser Link enthält die Schlüssel einer Wallet. Fügen Sie ihn niemals irgendwo ein. Geben Sie die Adresse allein ein, die mit 4 oder 8 beginnt.',
    addressLinkMalformed:
      'Dieser Zahlungslink ist nicht lesbar. Geben Sie die Adresse allein ein, die mit 4 oder 8 beginnt.',
    addressLinkPaymentId:
      'Dieser Zahlungslink hat eine Payment-ID, die das Mining nicht weitergeben kann; Ihre Erträge könnten verloren gehen. Verwenden Sie die Adresse einer eigenen Wallet.',
    pictureUnreadable: 'Das Bild konnte nicht gelesen werden: {{reason}}. Wählen Sie ein anderes.',
    pictureTooLarge:
      'Dieses Bild ist zu groß: Die Grenze liegt bei 10 MB und 40 Megapixeln. Schneiden Sie es auf den QR-Code zu und versuchen Sie es erneut.',
    pictureUnknown:
      'Das ist kein PNG- oder JPEG-Bild, oder es ist beschädigt. Speichern Sie den QR-Code in einem dieser Formate und versuchen Sie es erneut.',
    pictureWithoutQr:
      'In diesem Bild wurde kein QR-Code gefunden. Schneiden Sie es auf den QR-Code zu, oder fügen Sie die Adresse ein.',
    walletRig: 'Der Rig-Name nach dem Punkt darf 1 bis 31 Buchstaben, Ziffern, „-“ und „_“ haben.',
    walletDifficulty:
      'Schreiben Sie nach dem „+“ die Share-Difficulty als ganze Zahl, zum Beispiel ADRESSE+10000.',
    engineMissing:
      'Die Mining-Engine fehlt. Installieren Sie die App neu, oder führen Sie im Repository „npm run set-up“ aus.',
    engineChanged:
      'Die Mining-Engine wurde nach dem Bauen verändert und darum nicht geladen. Installieren Sie die App neu, oder führen Sie im Repository „npm run set-up“ aus.',
    engineOutOfMemory:
      'Es ist nicht genug Speicher frei. Der leichte Modus braucht etwa 256 MiB, der schnelle etwa 2,3 GiB. Schließen Sie andere Programme und starten Sie dann wieder.',
    enginePagesUnavailable:
      'Das System hat zu wenige Speicherseiten der verlangten Größe. Wählen Sie „auto“.',
    engineSelfTestFailed:
      'Die Engine hat im Selbsttest einen falschen Hash berechnet, darum schürft sie nicht. Melden Sie das zusammen mit Ihrem CPU-Modell.',
    engineThreadRefused:
      'Das System hat einen weiteren Thread verweigert. Wählen Sie weniger Threads.',
    engineCpuUnsupported: 'Dieser CPU fehlt ein Befehlssatz, den die Engine braucht.',
    engineAlgorithmUnknown:
      'Diese Version der Engine kennt den Algorithmus nicht. Aktualisieren Sie die App.',
    engineFault: 'Die Mining-Engine ist ausgefallen: {{reason}}',
    engineWarning: 'Die Mining-Engine läuft weiter, meldet aber: {{reason}}',
    fastModeNeedsMemory:
      'Der schnelle Modus braucht etwa 2,3 GiB freien Speicher, mehr als dieser Computer gerade hat. Das Mining läuft im leichten Modus weiter, der um ein Mehrfaches langsamer ist.',
    fastPathWrong:
      'Eine der schnellen Hash-Methoden hat im Selbsttest einen falschen Hash berechnet und wird nicht verwendet. Melden Sie das zusammen mit Ihrem CPU-Modell.',
    generatedCodeForbidden:
      'Das System verbietet erzeugten Code, darum wird der viel langsamere Interpreter verwendet. Erlauben Sie dieser App in Ihrer Sicherheitssoftware, erzeugten Code auszuführen.',
    wrongShare:
      'Ein Share war beim Nachrechnen falsch und wurde darum nicht gesendet. CPU oder Speicher sind instabil: Machen Sie jede Übertaktung rückgängig und prüfen Sie die Temperatur.',
    shareUnchecked:
      'Ein Share wurde gefunden, aber zum Nachrechnen war zu wenig Speicher frei, darum wurde er nicht gesendet. Schließen Sie andere Programme.',
    keyWaits:
      'Für den neuen Schlüssel des Netzwerks ist zu wenig Speicher frei. Das Mining läuft von selbst weiter, sobald etwa 256 MiB frei sind. Schließen Sie andere Programme.',
    fewerThreads:
      'Das System hat einige der Threads oder deren Speicher verweigert. Das Mining läuft mit den übrigen weiter.',
    uncleanExit:
      'Nicht automatisch gestartet: Ibctminer wurde beim letzten Mal nicht richtig beendet. Klicken Sie zum Schürfen auf „Starten“.',
    noPlan:
      'Noch gibt es nichts, womit sich schürfen lässt. Wählen Sie zuerst einen Pool oder die Übung.',
    noJobYet: 'Angemeldet, wartet auf den ersten Job.',
    noncesExhausted: 'Jede Nonce dieses Jobs wurde probiert. Wartet auf den nächsten Job.',
    stalled:
      'Die Hash-Threads haben seit 10 Sekunden keinen Hash fertig berechnet. Vielleicht ist der Computer stark ausgelastet oder hat geschlafen.',
    answerNotAwaited: 'Das Mining wurde gestoppt, bevor die Antwort auf diesen Share kam.',
    consentMissing: 'Stimmen Sie zuerst dem Mining auf diesem Computer zu.',
    noPool: 'Wählen Sie zuerst einen Pool oder die Übung.',
    noWallet: 'Geben Sie zuerst die Monero-Adresse für Ihre Erträge ein.',
    measuring:
      'Dieser Computer wird gerade gemessen. Warten Sie, bis das fertig ist, oder brechen Sie es ab.',
    notStarted: 'Das Mining konnte nicht gestartet werden. Klicken Sie noch einmal auf „Starten“.',
    quitting: 'Ibctminer wird gerade beendet. Öffnen Sie es wieder, um zu schürfen.',
    miningNow: 'Stoppen Sie zuerst das Mining. Es würde die Messung verfälschen.',
    oldConsent: 'Der Text wurde geändert. Lesen Sie ihn noch einmal, bevor Sie zustimmen.',
    noTrial:
      'Die volle Leistung ist schon beendet. Testen Sie sie noch einmal, um sie beizubehalten.',
    noPermission: 'Zugriff verweigert',
    diskReadOnly: 'der Datenträger ist schreibgeschützt',
    diskFull: 'der Datenträger ist voll',
    fileTooLarge: 'die Datei ist viel zu groß',
    notAFile: 'es ist keine Datei',
    systemSaid: 'das System meldet {{said}}',
    notJson: 'Zeile {{line}}, Spalte {{column}} ist kein gültiges JSON',
    settingsWrong: '„{{where}}“ ist falsch',
    notSettings: 'die Datei enthält keine Einstellungen',
    settingsFromNewer: 'sie wurden von einer neueren Version dieser App geschrieben',
    settingsSetAside:
      'Ihre Einstellungen konnten nicht gelesen werden: {{fault}}. Die App ist mit neuen Einstellungen gestartet und hat die alte Datei als {{aside}} aufbewahrt.',
    settingsUnusable:
      'Ihre Einstellungen in {{file}} konnten nicht gelesen werden: {{reason}}. Die App ist mit neuen Einstellungen gestartet und lässt die Datei unberührt; Ihre Änderungen gelten darum nur bis zum Beenden. Berichtigen Sie die Datei oder ihre Zugriffsrechte und starten Sie die App wieder.',
    settingsNotKept:
      'Ihre Änderungen an den Einstellungen gelten nur bis zum Beenden: In {{folder}} kann nicht geschrieben werden ({{reason}}).',
    settingsUnwritable:
      'Die Einstellungen konnten nicht in {{file}} gespeichert werden: {{reason}}. Prüfen Sie freien Platz und Zugriffsrechte und versuchen Sie es erneut.',
    tuningUnwritable:
      'Die Messung konnte nicht in {{file}} gespeichert werden: {{reason}}. Prüfen Sie freien Platz und Zugriffsrechte und messen Sie noch einmal.',
    historyUnwritable:
      'Der Verlauf konnte nicht in {{folder}} gespeichert werden: {{reason}}. Das Mining läuft weiter, und bis zu einem Tag Verlauf bleibt im Speicher, bis er gesichert werden kann.',
    historyUndeletable:
      'Der Verlauf in {{folder}} konnte nicht gelöscht werden: {{reason}}. Prüfen Sie die Zugriffsrechte seiner Dateien und versuchen Sie es erneut.',
    exportUnwritable:
      'Der Verlauf konnte nicht nach {{file}} exportiert werden: {{reason}}. Wählen Sie einen anderen Ordner, oder schaffen Sie Platz.',
    logUnwritable:
      'Das Protokoll konnte nicht in {{folder}} gespeichert werden: {{reason}}. Das Mining läuft weiter, und die neuesten Zeilen bleiben im Speicher.',
    logUnexportable:
      'Das Protokoll konnte nicht nach {{file}} exportiert werden: {{reason}}. Wählen Sie einen anderen Ordner, oder schaffen Sie Platz.',
    folderUnopenable: 'Der Ordner {{folder}} konnte nicht geöffnet werden: {{said}}.',
    historyDamaged:
      'Ein Teil des Verlaufs in {{file}} konnte nicht gelesen werden und wurde ausgelassen. Der Rest ist in Ordnung.',
    addressReplaced:
      'Jemand anderes hat die Wallet-Adresse in der Einstellungsdatei geändert. Das Mining läuft für die Adresse weiter, die Sie bestätigt haben.',
    markerUnwritable:
      '{{file}} konnte nicht geschrieben werden ({{reason}}). Wenn die App beim Mining abstürzt, weiß sie das beim nächsten Start nicht.',
    markerUnremovable:
      '{{file}} konnte nicht entfernt werden ({{reason}}). Beim nächsten Start wird die App annehmen, sie sei abgestürzt.',
    badInput: 'Das Fenster hat etwas verlangt, das die App nicht kennt ({{channel}}: {{reason}}).',
    untrustedSender: 'Diese Seite darf Ibctminer nicht steuern.',
    placeIsOfNode:
      'Das ist die Adresse eines Nodes. Wählen Sie „Eigener Node“, um damit zu schürfen.',
    placeIsOfPool: 'Das ist die Adresse eines Pools, nicht eines Nodes.',
    loginItemUnwritable:
      'Das Öffnen bei der Anmeldung konnte nicht geändert werden ({{reason}}). Ändern Sie es in den Einstellungen Ihres Systems.',
    optionUnknown: '„{{option}}“ ist keine Option. Siehe --help.',
    optionTakesNoValue: '--{{name}} nimmt keinen Wert.',
    optionNeedsValue: '--{{name}} braucht einen Wert: --{{name}} {{value}}.',
    optionTwice: '--{{name}} wurde zweimal angegeben. Geben Sie es einmal an.',
    optionInvalid: '--{{name}}: {{reason}}',
    optionNotWith: '--{{name}} passt nicht zu --{{other}}. Lassen Sie es weg.',
    optionNotWithFile:
      'Die Datei nennt ihre Pools und deren Logins, darum passt --{{name}} nicht dazu. Geben Sie auch --pool an, oder ändern Sie die Datei.',
    placeMissing:
      'Sagen Sie, wo geschürft werden soll: --pool HOST:PORT, --daemon URL oder --practice (siehe --help).',
    placesTooMany: 'Wählen Sie entweder --{{one}} oder --{{other}}.',
    nodeLoginInUrl:
      'Ein Node nimmt seinen Login aus der URL, nicht aus --{{name}}: --daemon http://USER:PASSWORD@HOST:PORT.',
    poolIsNode:
      '--pool: „{{url}}“ ist die Adresse eines monerod. Verwenden Sie stattdessen --daemon.',
    walletMissingForNode:
      'Mining mit einem monerod braucht --wallet ADRESSE, die die Erträge erhält.',
    walletMissingForPool: 'Mining auf einem Pool braucht --wallet ADRESSE (oder --login TEXT).',
    walletAndLogin: 'Geben Sie entweder --wallet oder --login an, nicht beide.',
    nodeNeedsPrimaryAddress:
      '--wallet: Mining mit einem monerod braucht eine Hauptadresse und sonst nichts. Sie beginnt mit 4 und hat 95 Zeichen.',
    fingerprintInvalid:
      '--tls-fingerprint nimmt den SHA-256 eines Zertifikats: 64 Hexadezimalziffern.',
    algorithmNeedsPool: '--algo {{algorithm}} braucht einen --pool, der solche Arbeit hat.',
    threadsInvalid:
      '--threads nimmt auf diesem Computer eine Zahl von 1 bis {{most}}, nicht „{{given}}“.',
    choiceInvalid: '--{{name}} nimmt einen der Werte {{choices}}, nicht „{{given}}“.',
    durationInvalid:
      '--duration nimmt Sekunden, mehr als 0 und höchstens {{most}}, nicht „{{given}}“.',
    tuneNotWith: '--tune misst und schürft nicht, darum passt es nicht zu --{{name}}.',
    apiTokenAlone: '--api-token ist für die HTTP-API. Geben Sie ihr auch einen Port: --api-port N.',
    apiPortInvalid: '--api-port nimmt eine Zahl von 1 bis 65535, nicht „{{given}}“.',
    apiTokenInvalid:
      'Die HTTP-API braucht --api-token TEXT: mindestens {{least}} ASCII-Zeichen ohne Leerzeichen, die lesende Programme senden müssen.',
    configTooLong: 'Die Datei „{{file}}“ ist zu groß für eine Liste von Optionen.',
    configUnreadable: 'Die Datei „{{file}}“ konnte nicht gelesen werden: {{reason}}',
    configNotJson:
      'Die Datei „{{file}}“ ist kein gültiges JSON (Zeile {{line}}, Spalte {{column}}). Schreiben Sie etwa {"practice": true}.',
    configNotAnObject:
      'Die Datei „{{file}}“ muss ein einziges Objekt enthalten, zum Beispiel {"practice": true}, oder XMRigs config.json sein.',
    configUnknownOption:
      'In „{{file}}“: „{{name}}“ ist keine Option. Verwenden Sie die Namen aus --help.',
    configNoFlag: 'In „{{file}}“ muss „{{name}}“ true oder false sein.',
    configNoText: 'In „{{file}}“ muss „{{name}}“ ein Text wie {{wanted}} sein.',
    fileMissing: 'es gibt keine solche Datei.',
    fileForbidden: 'Sie dürfen sie nicht lesen.',
    fileIsFolder: 'es ist ein Ordner.',
    fileFault: 'das System meldet {{code}}.',
    xmrigNoPool: 'Die Datei von XMRig enthält keinen eingeschalteten Pool.',
    xmrigNoUrl: 'er hat keine Adresse.',
    xmrigPoolSkipped: 'Der Pool „{{pool}}“ in der Datei von XMRig wird ausgelassen: {{reason}}',
    xmrigNotOurs: '„{{what}}“ lässt sich hier nicht schürfen.',
    xmrigSelfSelect: 'Mining mit eigenen Blockvorlagen (self-select) wird nicht unterstützt.',
    xmrigPrivateKey:
      'Die Datei von XMRig enthält einen privaten Schlüssel (spend-secret-key). Ibctminer liest nie einen. Löschen Sie ihn aus der Datei und versuchen Sie es erneut.',
    xmrigCpuOff:
      'Die Datei von XMRig schaltet das Mining auf der CPU aus, und Ibctminer schürft auf nichts anderem.',
    xmrigIgnored: 'Diese Einstellungen in der Datei von XMRig sind hier wirkungslos: {{names}}.',
    xmrigDonation:
      'Die Spendenstufe von XMRig ist wirkungslos: Es gibt keine Spende und keine Gebühr.',
    xmrigPriority:
      'Hash-Threads haben hier immer die niedrigste Priorität, was auch immer in der Datei von XMRig steht.',
    xmrigMsr:
      'Ibctminer ändert nie CPU-Register (wrmsr). XMRig tut es, wenn es als root läuft, und gewinnt damit ein paar Prozent.',
    xmrigGpu: 'Ibctminer schürft nur auf der CPU. OpenCL und CUDA werden ausgelassen.',
    xmrigPauses:
      'Das Pausieren im Akkubetrieb oder während der Computer benutzt wird gibt es nur in der Desktop-App.',
    xmrigApiNotLocal:
      'Die HTTP-API in der Datei von XMRig lauscht auf {{host}}. Hier antwortet sie nur diesem Computer, darum bleibt sie aus. Verwenden Sie --api-port.',
    xmrigApiToken:
      'Die HTTP-API in der Datei von XMRig hat kein Zugriffstoken mit mindestens {{least}} Zeichen, darum bleibt sie aus. Verwenden Sie --api-port und --api-token.',
    xmrigApiReadOnly: 'Die HTTP-API ist hier nur lesbar.',
    apiPortTaken: 'Port {{port}} ist schon in Gebrauch. Wählen Sie einen anderen für die HTTP-API.',
    apiCannotListen:
      'Die HTTP-API konnte nicht auf Port {{port}} lauschen ({{reason}}). Wählen Sie einen anderen.',
    releaseKeyNone:
      'Dieser Build hat keinen Veröffentlichungsschlüssel und kann darum nicht sagen, was echt ist.',
    signatureUnreadable:
      'Die Signatur ist nicht lesbar, darum gilt nichts als vertrauenswürdig, was sie abdeckt.',
    signatureForeign:
      'Die Datei wurde nicht mit einem Schlüssel von Ibctminer signiert und ist darum nicht vertrauenswürdig.',
    signatureWrong: 'Die Signatur passt nicht: Die Datei wurde nach dem Signieren verändert.',
    releaseUnreadable: 'Was der Server über die neueste Version sagt, ist nicht lesbar.',
    fileListForeign: 'Die Dateiliste ist signiert, aber nicht die dieser Version.',
    comparingNeedsMemory:
      'Der Vergleich braucht 5 GiB freien Speicher, für zwei Datasets; {{bytes, gibibytes}} sind frei. Schließen Sie andere Programme und versuchen Sie es erneut.',
    commandFailed: 'Der Befehl ist fehlgeschlagen: {{said}}',
    commandGone: 'Dieser Befehl passt nicht mehr zu diesem Computer. Prüfen Sie erneut.',
    promptOpen: 'Die Abfrage des Systems ist schon offen. Beantworten Sie sie zuerst.',
    comparingEnded: 'Die Messung wurde beendet, bevor sie fertig war.',
    tariffUnreadable:
      '{{file}} konnte nicht gelesen werden: {{reason}}. Wählen Sie eine andere Datei.',
    tariffColumns:
      'Zeile {{line}} sollte eine Stunde und einen Preis enthalten, etwa 07:00;0,25, lautet aber „{{text}}“. Aus der Datei wurde nichts übernommen.',
    tariffHour:
      'Zeile {{line}}: „{{text}}“ ist keine volle Stunde von 0 bis 23, etwa 7 oder 07:00. Aus der Datei wurde nichts übernommen.',
    tariffPrice:
      'Zeile {{line}}: „{{text}}“ ist kein Preis, etwa 0.25 oder 0,25. Aus der Datei wurde nichts übernommen.',
    tariffTwice:
      'Zeile {{line}} gibt der Stunde {{hour}} einen zweiten Preis. Lassen Sie nur die 24 Stunden eines Tages stehen. Aus der Datei wurde nichts übernommen.',
    tariffMissing:
      'Die Datei hat für diese Stunden keinen Preis: {{hours}}. Sie sollte alle 24 Stunden eines Tages enthalten. Aus ihr wurde nichts übernommen.',
    poolApiFailed: '{{host}} konnte nicht nach Ihrem Guthaben gefragt werden. {{why}}',
    poolApiStatus:
      'Der Server hat mit HTTP-Status {{status}} geantwortet. Versuchen Sie es später erneut.',
    poolApiRedirects:
      'Der Server hat die App an einen anderen Server weitergeschickt, und dem folgt die App nicht. Vielleicht ist die Web-API des Pools umgezogen.',
    poolApiTooLong: 'Die Antwort ist länger als {{size}} Bytes und wurde darum nicht gelesen.',
    poolApiSilent:
      'Der Server hat seine Antwort nicht innerhalb von {{seconds}} s beendet. Versuchen Sie es später erneut.',
    poolApiBroken: 'Die Verbindung ist abgebrochen ({{reason}}). Versuchen Sie es später erneut.',
    poolApiStrange:
      'Die Antwort ist nicht die, die diese App erwartet. Vielleicht hat sich die Web-API des Pools geändert.',
    poolApiNoAddress:
      'Der Pool kennt Ihre Adresse noch nicht. Nach Ihrem ersten Share dort kennt er sie.',
    releaseServer:
      'Der Update-Server {{host}} konnte nicht gefragt werden ({{reason}}). Versuchen Sie es später erneut.',
    updateChanged:
      'Was heruntergeladen wurde, ist nicht das, was signiert wurde, und wurde darum gelöscht. Versuchen Sie es erneut; wenn das nicht hilft, sehen Sie auf der Download-Seite nach.',
    updateNotHere:
      'Noch gibt es nichts zu installieren. Laden Sie zuerst die neuere Version herunter.',
    updateAwaitsBlock:
      'Ein Block ist auf dem Weg zu Ihrem Node. Installieren Sie, wenn er angekommen ist.',
    updateNotOpened: 'Das System konnte {{file}} nicht öffnen ({{said}}).',
  },
  why: {
    needsConsent: 'Kein Mining: Sie haben dem Mining auf diesem Computer noch nicht zugestimmt.',
    notStartedYet: 'Noch kein Mining: Es beginnt, wenn Sie auf „Starten“ klicken.',
    stoppedByUser: 'Von Ihnen gestoppt.',
    over: 'Gestoppt: Dieser Lauf ist zu Ende.',
    quitting:
      'Wird beendet, sobald Ihr Node den gefundenen Block angenommen hat. Beenden Sie noch einmal, um ihn aufzugeben.',
    connecting: 'Verbindet mit dem Pool oder Node.',
    preparing: 'Der erste Hash wird vorbereitet.',
    building: {
      only: 'Dataset wird erstellt, {{progress, percent}}.',
      mining: 'Dataset wird erstellt, {{progress, percent}}. Bis dahin Mining im leichten Modus.',
      practising:
        'Dataset wird erstellt, {{progress, percent}}. Bis dahin Übung im leichten Modus, die nichts einbringt.',
    },
    mining: {
      fast: 'Mining im schnellen Modus.',
      light: 'Mining im leichten Modus.',
    },
    practising: {
      fast: 'Übung im schnellen Modus, die nichts einbringt.',
      light: 'Übung im leichten Modus, die nichts einbringt.',
    },
    paused: 'Pausiert: {{reasons}}.',
    pausedFor: 'Pausiert: {{reason}}, noch {{remainingMs, duration}} (bis {{end}}).',
    held: {
      heat_one: 'Zur Kühlung auf {{count}} Thread begrenzt.',
      heat_other: 'Zur Kühlung auf {{count}} Threads begrenzt.',
      watts_one: 'Zum Stromsparen auf {{count}} Thread begrenzt.',
      watts_other: 'Zum Stromsparen auf {{count}} Threads begrenzt.',
    },
    notScheduledYet: 'Wartet laut Ihrem Zeitplan bis {{end}}.',
    neverScheduled: 'Kein Mining: Ihr Zeitplan hat keine Stunden.',
    reasonUntil: '{{reason}} bis {{end}}',
    pausedBecause: {
      user: 'von Ihnen',
      snooze: 'auf Zeit',
      battery: 'Akkubetrieb',
      inUse: 'Sie benutzen den Computer',
      schedule: 'außerhalb der geplanten Stunden',
      heat: 'die CPU ist zu heiß',
      fullScreen: 'ein Vollbildprogramm läuft',
      metered: 'die Internetverbindung ist getaktet',
      listedProcess: 'ein Programm auf Ihrer Liste läuft',
    },
    goesOn: {
      user: 'Weiter mit „Fortsetzen“.',
      battery: 'Läuft am Stromnetz weiter.',
      inUse: 'Läuft weiter, wenn Sie den Computer in Ruhe lassen.',
      heat: 'Läuft weiter, wenn sie abgekühlt ist.',
      fullScreen: 'Läuft weiter, wenn Sie das Vollbild verlassen.',
      metered: 'Läuft mit einer anderen Verbindung weiter.',
      listedProcess: 'Läuft weiter, wenn es beendet ist.',
    },
    retrying: 'Nächster Versuch in {{retryInMs, duration}}: {{problem}}',
  },
  log: {
    connected: 'Verbunden mit {{place}}.',
    connectedEncrypted: 'Verbunden mit {{place}} über TLS.',
    connectedByTls: 'Verbunden mit {{place}} über TLS. Zertifikat SHA-256: {{fingerprint}}.',
    connectedPractice: 'Verbunden mit dem Übungspool, der nichts einbringt.',
    loggedIn: 'Angemeldet.',
    job: 'Neuer Job: {{algorithm}}, Difficulty {{difficulty, integer}}.',
    jobAtHeight: 'Neuer Job: {{algorithm}}, Difficulty {{difficulty, integer}}, Höhe {{height}}.',
    jobRefused: 'Job abgelehnt. {{problem}}',
    shareAccepted: 'Share akzeptiert (Difficulty {{difficulty, integer}}, {{ms}} ms).',
    shareRejected: 'Share abgelehnt. {{problem}}',
    shareStale: 'Share veraltet. {{problem}}',
    disconnected: '{{problem}} Nächster Versuch in {{retryInMs, duration}}.',
    givenUp: 'Aufgegeben. {{problem}}',
    problem: '{{problem}}',
    notStartedAfterStop:
      'Nicht automatisch gestartet: Sie haben das Mining beim letzten Mal gestoppt.',
    notStartedAfterCrash:
      'Nicht automatisch gestartet: Ibctminer wurde beim letzten Mal nicht richtig beendet.',
    stoppedByFault: 'Das Mining wurde durch einen internen Fehler gestoppt: {{reason}}',
    newVersion:
      'Version {{version}} ist verfügbar. In den Einstellungen steht, wie Sie sie installieren.',
    fullPowerNotKept:
      'Die volle Leistung wurde nicht beibehalten. Zurück zur früheren Einstellung.',
  },
  tray: {
    start: 'Starten',
    stop: 'Stoppen',
    power: 'Leistung',
    profile: {
      quiet: 'Leise',
      balanced: 'Ausgewogen',
      full: 'Voll',
    },
    shares: 'Shares: {{accepted}} akzeptiert, {{rejected}} abgelehnt, {{stale}} veraltet',
    open: 'Ibctminer öffnen',
    settings: 'Einstellungen…',
    quitMining: 'Beenden (stoppt das Mining)',
  },
  notification: {
    hidden:
      'Ibctminer läuft im Tray weiter. In seinem Menü können Sie das Mining stoppen oder die App beenden.',
    blockUnderWay:
      'Sie haben einen Block gefunden. Ibctminer wird beendet, sobald Ihr Node ihn angenommen hat, innerhalb von zwei Minuten. Beenden Sie noch einmal, um sofort zu beenden.',
    goesOn: 'Das Mining läuft wieder.',
    poolDown: '{{host}} gibt seit 2 Minuten keine Arbeit.',
    poolDownBecause: '{{host}} gibt seit 2 Minuten keine Arbeit: {{why}}',
    poolBack: '{{host}} ist wieder da.',
    noShares: 'Kein Share seit dem {{times}}-Fachen der erwarteten Zeit. Mehr dazu im Verlauf.',
    rejects: 'Der Pool lehnt {{part, percent}} Ihrer Shares ab.',
  },
  dialog: {
    quitStops: 'Beenden stoppt das Mining',
    quitStopsDetail:
      'Es werden keine Shares mehr gefunden, bis Sie Ibctminer öffnen und das Mining wieder starten.',
    noSandbox: 'Ibctminer läuft nicht ohne seine Sandbox',
    noSandboxDetail:
      'Es wurde mit --no-sandbox gestartet; damit könnte ein Fehler im Fenster an Ihre Dateien gelangen. Starten Sie es ohne diesen Schalter; wo Ihr System die Sandbox verbietet, installieren Sie das Debian-Paket, das die Erlaubnis dafür mitbringt.',
    pictures: 'Bilder',
    tables: 'Tabellen (CSV)',
    pageFails: 'Das Fenster stürzt immer wieder ab',
    pageFailsDetail:
      'Das Mining ist nicht betroffen. Versuchen Sie es erneut, oder beenden Sie die App und stoppen so das Mining.',
  },
  terminal: {
    what: 'Monero auf der eigenen CPU schürfen, im Terminal.',
    options: '[Optionen]',
    exit: 'Ctrl+C stoppt. Exit-Code: 0 nach einem Stopp, 2 bei falschem Aufruf, 1 bei einem Fehler, der das Mining beendet.',
    option: {
      pool: 'auf diesem Pool schürfen; mehrfach angeben für Ersatzpools',
      daemon: 'Solo-Mining mit einem monerod: http://127.0.0.1:18081[/?zmq=PORT]',
      practice: 'auf dem eingebauten Übungspool schürfen: echte Arbeit, keine Erträge',
      wallet: 'Ihre Monero-Adresse, auch ADRESSE+DIFF oder ADRESSE.RIG',
      login: 'wird statt --wallet genau wie eingegeben an den Pool gesendet',
      pass: 'Passwort für den Pool (Standard: x)',
      tls: 'TLS verwenden; das erste Zertifikat wird gezeigt und für diesen Lauf festgelegt',
      'tls-fingerprint': 'SHA-256 des einzigen Zertifikats, das angenommen wird',
      'rig-id': 'Name dieses Computers, den der Pool anzeigt',
      socks5: 'den Pool über diesen Proxy erreichen',
      threads: 'Anzahl der Hash-Threads',
      mode: 'fast braucht 2,3 GiB Speicher, light 256 MiB',
      algo: 'nur Jobs dieses Algorithmus annehmen',
      'api-port': 'nur lesbare HTTP-API auf 127.0.0.1, für Dashboards',
      'api-token': 'was lesende Programme der API senden müssen; mindestens 8 Zeichen',
      inspect: 'jede Nachricht vom und zum Pool zeigen, ohne Ihre Adresse',
      tune: 'diesen Computer etwa eine Minute lang messen und die schnellsten Einstellungen behalten; schürft nicht',
      'no-learning':
        'beim Mining keine anderen Einstellungen (Threads, Hashes nebeneinander) probieren',
      config: 'Optionen aus einer JSON-Datei lesen, benannt wie hier, oder aus XMRigs config.json',
      duration: 'nach so vielen Sekunden stoppen',
      json: 'ein JSON-Objekt pro Zeile ausgeben',
      help: 'diese Hilfe zeigen',
      version: 'die Version zeigen',
    },
    demonstration:
      'Vorführung: {{shares}} Shares auf dem Übungspool in diesem Programm. Sie bringt nichts ein. Ctrl+C beendet sie.',
    status:
      '{{h10s}} 10 s · {{h60s}} 60 s · {{h15m}} 15 min · {{accepted}} akzeptiert, {{rejected}} abgelehnt, {{stale}} veraltet',
    dataset: 'Dataset {{progress, percent}}',
    practicePool: 'Übungspool',
    api: 'HTTP-API für Dashboards: {{url}}/2/summary und {{url}}/metrics',
    ended:
      'Beendet nach {{ms, duration}}: {{accepted}} akzeptiert, {{rejected}} abgelehnt, {{stale}} veraltet, {{hashes, integer}} Hashes.',
    tuneBegins:
      'Dieser Computer wird etwa eine Minute lang gemessen. Niemandem wird etwas gesendet.',
    tunePoint: '{{threads}}, {{sideBySide}}: {{rate, hashrate}}',
    tuneKept: 'Gemerkt für {{algorithm}} im Modus {{mode}}: {{best}}',
    forReal:
      'Echtes Mining, auf einem Computer, der Ihnen gehört oder den Sie dafür nutzen dürfen:',
    forRealAlone: 'Oder solo mit Ihrem eigenen monerod:',
    allOptions: 'Alle Optionen:',
  },
};
