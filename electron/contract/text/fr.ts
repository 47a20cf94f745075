import type { Catalogue } from './catalogues.ts';

// On dit « vous ». le pool, le share, le thread, le nœud, le dataset ; la difficulté ; stale : périmé ; effort : effort ; luck : chance ; backup pool : pool de secours ; health : diagnostic ; practice : entraînement ; fast/light mode : mode rapide/léger ; wallet : portefeuille ; seed phrase : phrase de récupération. Devant ; : ! ? % et dans « » : espace fine insécable (U+202F).
export const fr: Catalogue = {
  app: {
    name: 'Ibctminer',
    what: 'Mine du Monero avec votre propre CPU',
    title: 'Ibctminer · {{screen}}',
    loading: 'Démarrage…',
    noBridgeTitle: 'Cette page fait partie de l’application',
    noBridge: 'Ouvrez plutôt Ibctminer. Dans un navigateur, cette page n’a personne à qui parler.',
    failedTitle: 'L’application n’a pas pu se charger',
    retry: 'Réessayer',
    silentTitle: 'Le cœur du mineur ne répond pas',
    silent:
      'Les chiffres ci-dessous sont vieux de {{ago}}. Si cela ne s’arrange pas, quittez l’application et rouvrez-la. Quitter arrête le minage.',
    practice: 'Entraînement',
    practiceBanner:
      'Entraînement : les calculs sont réels, mais rien ne quitte cet ordinateur et rien n’est gagné.',
    addressChanged:
      'Quelqu’un d’autre a changé l’adresse du portefeuille dans le fichier des paramètres : {{found}}. L’application continue avec celle que vous avez confirmée : {{confirmed}}.',
    addressNone: 'aucune',
    addressKeep: 'Garder l’adresse confirmée',
    addressUse: 'Utiliser l’autre adresse',
    dismiss: 'Fermer',
    skipToContent: 'Aller au contenu',
  },
  nav: {
    label: 'Principal',
    dashboard: 'Tableau de bord',
    history: 'Historique',
    pools: 'Pools',
    settings: 'Paramètres',
    logs: 'Journal',
    health: 'Diagnostic',
    about: 'À propos',
  },
  commands: {
    title: 'Commandes',
    search: 'Rechercher une commande',
    none: 'Aucune commande de ce nom.',
    mining: 'Minage',
    screens: 'Aller à',
    settings: 'Paramètres : {{section}}',
    pause15: 'Pause de 15 minutes',
    pause60: 'Pause d’1 heure',
    pause240: 'Pause de 4 heures',
    pauseOpen: 'Pause sans limite',
    themeSystem: 'Utiliser le thème du système',
    themeLight: 'Utiliser le thème clair',
    themeDark: 'Utiliser le thème sombre',
    zoomIn: 'Zoom avant',
    zoomOut: 'Zoom arrière',
    zoomReset: 'Taille réelle',
    control: 'Ctrl',
  },
  tour: {
    title: 'Visite du tableau de bord',
    show: 'Montrer la visite du tableau de bord',
    progress: '{{step}} sur {{count}}',
    next: 'Suivant',
    done: 'Terminé',
    never: 'Ne plus montrer',
    steps: {
      state:
        'Ici, en haut, l’application dit toujours si elle mine, et pourquoi ou pourquoi pas. Démarrer et Arrêter sont juste à côté et agissent immédiatement.',
      hashrate:
        'Le nombre de hashs que cet ordinateur essaie chaque seconde. Il varie un peu : les moyennes sur une minute et sur un quart d’heure en disent donc plus.',
      shares:
        'Un share est un hash assez bon pour être montré au pool, qui paie chacun de ceux qu’il accepte. Les shares rejetés et périmés ne sont pas payés ; quelques périmés sont normaux.',
      pool: 'D’où vient le travail et qui est payé. La difficulté dit à quel point un share est rare ; le ping dit à quelle vitesse le pool répond.',
      money:
        'Ce que le minage rapporte et coûte ici : une estimation. Saisissez vos prix pour voir si cela vaut la peine.',
      machine:
        'Ce que fait chaque thread, et le type de mémoire que le minage a obtenu. Diagnostic montre comment aller plus vite.',
    },
  },
  state: {
    label: 'État du minage',
    needsConsent: 'Non configuré',
    stopped: 'Arrêté',
    connecting: 'Connexion',
    preparing: 'Création du dataset',
    preparingLight: 'Minage en mode léger',
    mining: 'Minage',
    paused: 'En pause',
    waiting: 'En attente',
    failed: 'Arrêté par un problème',
    unknown: 'En attente du cœur du mineur',
  },
  control: {
    start: 'Démarrer le minage',
    stop: 'Arrêter le minage',
    pause: 'Pause',
    pause15: '15 minutes',
    pause60: '1 heure',
    pause240: '4 heures',
    pauseOpen: 'Sans limite',
    resume: 'Reprendre',
    cancel: 'Annuler',
    back: 'Retour',
    continue: 'Continuer',
    save: 'Enregistrer',
    copyCommand: 'Copier',
    runCommand: 'Exécuter la commande',
    copied: 'Copié',
  },
  consent: {
    text: 'Cette application utilise votre CPU pour miner du Monero au profit de l’adresse que vous saisissez. Elle consomme de l’électricité, produit de la chaleur et du bruit, et peut ralentir cet ordinateur. Ne minez que sur des ordinateurs qui vous appartiennent ou que vous avez le droit d’utiliser ainsi. Rien ne commence tant que vous n’avez pas appuyé sur Démarrer.',
    agree: 'J’ai lu ce texte et je l’accepte',
    title: 'Avant toute exécution',
    changed: 'Ce texte a changé depuis que vous l’avez accepté : nous vous le demandons à nouveau.',
    promises: 'Ce sur quoi vous pouvez compter',
    promiseFee: 'Aucuns frais. Vous minez pour votre propre adresse et pour aucune autre.',
    promiseQuiet:
      'Aucune télémétrie. L’application se connecte au pool ou au nœud que vous choisissez, et à rien d’autre, sauf si vous le lui demandez.',
    promiseStop: 'Arrêter agit immédiatement, et Quitter ne laisse rien tourner.',
  },
  wizard: {
    label: 'Configuration',
    progress: 'Étape {{step}} sur {{count}}',
    consent: 'Accord',
    wallet: 'Portefeuille',
    pool: 'Pool',
    power: 'Puissance',
    review: 'Résumé',
  },
  wallet: {
    title: 'Où doivent aller vos récompenses ?',
    lead: 'Collez l’adresse de réception de votre propre portefeuille Monero. L’application ne demande jamais de clés ni de phrase de récupération. Tout ce qui en demande est une arnaque.',
    address: 'Adresse de portefeuille Monero',
    placeholder: 'Commence par 4 ou 8',
    checking: 'Vérification…',
    compare:
      'Comparez-la avec l’adresse de votre portefeuille, surtout les premiers et les derniers caractères. Certains logiciels malveillants remplacent les adresses dans le presse-papiers.',
    addressLabel: 'Adresse en blocs de huit caractères',
    kinds: {
      standard: 'C’est une adresse Monero valide.',
      subaddress:
        'C’est une sous-adresse Monero valide. La plupart des pools l’acceptent, mais le minage en solo exige votre adresse principale.',
      integrated: 'C’est une adresse intégrée valide. Certains pools ne l’acceptent pas.',
    },
    fromLink: 'Seule l’adresse a été reprise de ce lien de paiement.',
    readPicture: 'Lire un QR code dans une image',
    none: 'Pas encore de portefeuille ?',
    how: 'Installez un portefeuille depuis getmonero.org ou sur votre téléphone, notez sa phrase de récupération sur papier, puis copiez l’adresse qu’il affiche sous « Recevoir ».',
    getWallet: 'Ouvrir getmonero.org',
    skip: 'M’entraîner sans portefeuille',
  },
  pool: {
    title: 'D’où doit venir le travail ?',
    lead: 'Un pool distribue du travail et paie vos shares. Un petit vaut mieux : Monero est le plus sûr quand aucun pool n’est grand, et à la longue tous paient autant, moins leurs frais. P2Pool vaut mieux encore : il n’a ni opérateur ni frais.',
    sizes: 'Voir la taille de chaque pool',
    choices: 'Source du travail',
    own: 'Un autre pool',
    ownHint: 'N’importe quel pool Monero, par son adresse',
    proxy: 'xmrig-proxy',
    proxyHint: 'Votre propre proxy, qui connaît votre pool et votre portefeuille',
    p2pool: 'Mon propre P2Pool',
    p2poolHint:
      'Décentralisé, sans frais. Nécessite monerod et P2Pool, sur cet ordinateur ou un autre',
    node: 'Mon propre nœud',
    nodeHint:
      'Minage en solo avec votre propre monerod, ici ou ailleurs dans votre réseau. Les blocs sont rares, mais toute la récompense est pour vous',
    practice: 'Pool d’entraînement',
    practiceHint: 'Tout essayer sur cet ordinateur, sans internet et sans gains',
    earnsNothing: 'Ne rapporte rien',
    encrypted: 'Chiffré (TLS)',
    tlsShort: 'TLS',
    plain: 'Non chiffré',
    needsWallet: 'Adresse requise',
    known: 'Pools connus',
    recommended: 'Le mieux pour Monero',
    measure: 'Mesurer la latence',
    measuring: 'Mesure…',
    measureHint:
      'Se connecte directement à chacun de ces pools, puis repart. Votre adresse n’est pas envoyée.',
    nearest:
      'Le plus proche : {{name}}, {{ms}} ms. La distance compte peu : chaque tranche de 100 ms coûte moins de 0,1 % de vos shares.',
    noneReached: 'Aucun de ces pools n’a pu être joint. Vérifiez votre connexion internet.',
    latencies: {
      refused: 'Refuse les connexions',
      notFound: 'Introuvable',
      offline: 'Injoignable',
      silent: 'Pas de réponse',
      certificate: 'Certificat non fiable',
      failed: 'Ne fonctionne pas',
    },
    fee: 'Frais {{percent}} %',
    facts: {
      title: 'À propos de {{name}}',
      region: 'Serveurs',
      ports: 'Ports',
      fee: 'Frais',
      payout: 'Paiement minimal',
      onItsPage: 'Indiqué sur son site',
      percent: '{{percent}} %',
      amount: '{{amount}} XMR',
      source: 'Source',
      sourceOf: '{{source}}, {{date}}. À vérifier sur son site.',
      open: 'Ouvrir {{page}}',
    },
    regions: {
      global: 'Plusieurs régions ; son nom mène à une région proche',
      europe: 'Europe',
      unknown: 'Inconnue',
    },
    sources: {
      pool: 'Les pages publiées par le pool lui-même',
      lists:
        'Les pages publiées par le pool lui-même ; les frais d’après des listes publiques de pools',
      configurations: 'Des configurations publiques de mineurs',
    },
    address: 'Adresse du pool',
    addressHint: 'Par exemple pool.example.org:443',
    nodeAddress: 'Adresse du nœud',
    nodeAddressHint: 'Par exemple 127.0.0.1:18081',
    tls: 'Chiffrer la connexion (TLS)',
    p2poolPays:
      'P2Pool paie le portefeuille avec lequel il a été lancé : --wallet (une adresse principale), ou --subaddress s’il a été donné. L’identifiant envoyé par cette application n’est qu’un nom.',
    proxyPays:
      'Le proxy mine pour le portefeuille de ses propres paramètres. L’identifiant envoyé par cette application n’est qu’un nom.',
    ownFacts:
      'Frais de {{percent}} %, paiement minimal d’environ {{amount}} XMR, selon le README de P2Pool du {{date}}.',
    noTls:
      'Sans TLS, n’importe qui entre vous et le pool peut lire votre adresse et détourner vos shares. Utilisez le port TLS du pool s’il en a un.',
    noTlsNode:
      'Sans TLS, n’importe qui entre vous et le nœud peut détourner vos récompenses. Ne vous en passez que sur un réseau de confiance.',
    noTlsConfirm: 'Se connecter sans chiffrement',
    test: 'Tester la connexion',
    testing: 'Test…',
    testOk: 'Fonctionne',
    testFailed: 'Ne fonctionne pas',
    testJob: 'Il a répondu en {{ms}} ms et envoyé du travail que cette application peut miner.',
    trusted: 'Vous faites confiance à son certificat.',
    fingerprint: 'Certificat : {{fingerprint}}',
    remedy: {
      none: 'Se connecter sans TLS',
      authority: 'Utiliser TLS',
      pinned: 'Se fier à ce certificat',
    },
  },
  power: {
    title: 'Avec quelle intensité travailler ?',
    lead: 'Vous pouvez changer cela à tout moment, même pendant le minage.',
    profiles: 'Puissance',
    quiet: 'Discret',
    quietHint: 'À peine perceptible pendant que vous travaillez',
    balanced: 'Équilibré',
    balancedHint: 'Vous laisse la moitié de l’ordinateur',
    full: 'Pleine puissance',
    fullHint: 'Tous les threads utiles : plus de bruit et de chaleur, plus lent pour vous',
    custom: 'Personnalisé',
    customHint: 'Choisir le nombre de threads',
    threads_one: '{{count}} thread',
    threads_many: '{{count}} threads',
    threads_other: '{{count}} threads',
    ofThreads: '{{threads}} sur {{available}}',
    threadCount: 'Threads',
    cpu: '{{model}} · {{available}} CPU logiques',
    times: 'Quand miner',
    battery: 'Pause sur batterie',
    batteryHint: 'Reprend sur secteur',
    batteryBelow: 'Sur batterie, pause',
    batteryAlways: 'toujours',
    batteryCharge: 'sous {{charge, percent}} de charge',
    idle: 'Ne miner que si l’ordinateur est inutilisé',
    idleHint:
      'Se met en pause dès que vous touchez la souris ou le clavier. Un écran verrouillé compte comme inutilisé.',
    idleAfter: 'Inutilisé après',
    minutes_one: '{{count}} minute',
    minutes_many: '{{count}} minutes',
    minutes_other: '{{count}} minutes',
    notAvailable: 'Indisponible : ce système ne le signale pas.',
    fullTitle: 'Utiliser la pleine puissance ?',
    fullText:
      'Tous les threads utiles mineront : l’ordinateur sera plus bruyant, plus chaud et plus lent. Après 30 secondes, l’application revient au réglage actuel, sauf si vous gardez la pleine puissance.',
    fullConfirm: 'Essayer',
    trial: 'La pleine puissance s’arrête dans {{seconds}} s, sauf si vous la gardez.',
    trialWaiting:
      'La pleine puissance commence avec le minage et s’arrête après 30 secondes, sauf si vous la gardez.',
    keep: 'La garder',
    revert: 'Revenir',
  },
  tuning: {
    title: 'Optimisation',
    hint: 'Essaie pendant une minute environ différents nombres de threads, et de hashs en parallèle dans chaque thread, puis utilise la combinaison la plus rapide. Rien n’est envoyé et rien n’est gagné.',
    notWhileMining: 'Arrêtez d’abord le minage. Il fausserait la mesure.',
    whileMining: 'Optimiser en minant',
    whileMiningHint:
      'Essaie tour à tour d’autres réglages pendant les premières minutes de minage et garde le plus rapide. Chaque hash compte quand même. Attend tant que la chaleur limite les threads.',
    trying: 'Essai : {{threads}}, {{hashes}}.',
    measure: 'Mesurer',
    measureAgain: 'Mesurer à nouveau',
    progress: 'Mesure',
    curve: 'Hashrate selon le nombre de threads',
    best_one: 'Le plus rapide : {{count}} thread, {{hashes}}, {{rate}}.',
    best_many: 'Le plus rapide : {{count}} threads, {{hashes}}, {{rate}}.',
    best_other: 'Le plus rapide : {{count}} threads, {{hashes}}, {{rate}}.',
    sideBySide_one: 'un hash à la fois',
    sideBySide_many: '{{count}} hashs en parallèle',
    sideBySide_other: '{{count}} hashs en parallèle',
    measuredAt: 'Mesuré le {{date}} en mode {{mode}}.',
    fast: 'rapide',
    light: 'léger',
  },
  review: {
    title: 'Tout est prêt. Rien ne tourne encore',
    lead: 'Le minage ne commence que lorsque vous appuyez sur Démarrer à l’écran suivant.',
    walletNone: 'Aucun (entraînement seulement)',
    power: '{{profile}}, {{threads}}',
    rules: 'Règles',
    noRules: 'Aucune',
    finish: 'Terminer',
    edit: 'Modifier',
  },
  dashboard: {
    hashrate: 'Hashrate',
    over10s: '10 s',
    over60s: '60 s',
    over15m: '15 min',
    chart: 'Hashrate, au plus les 15 dernières minutes',
    chartEmpty: 'Le graphique commence avec les premiers hashs.',
    showTable: 'Afficher en tableau',
    minute: 'Minute',
    average: 'Moyenne',
    shares: 'Shares',
    accepted: 'Acceptés',
    rejected: 'Rejetés',
    stale: 'Périmés',
    sharesIdle:
      'Un share est un morceau de preuve de travail que le pool paie. Vos shares apparaissent ici dès que vous minez.',
    firstShare: 'Premier share attendu dans {{time}} environ.',
    nextShare: 'Il faut environ {{time}} pour un share à cette difficulté.',
    noShare: {
      normal:
        'Aucun share depuis {{time}} : c’est normal à cette difficulté (probabilité : {{chance}}).',
      unlucky:
        'Aucun share depuis {{time}} : c’est de la malchance, mais cela arrive (probabilité : {{chance}}).',
      unusual:
        'Aucun share depuis {{time}} : c’est inhabituel (probabilité : {{chance}}). Cherchez dans Diagnostic et Journal un problème du pool ou de cet ordinateur.',
    },
    luck: 'Trouvés : {{found}} ; attendus d’après les hashs jusqu’ici : {{expected}}.',
    connection: 'Pool',
    host: 'Serveur',
    paidTo: 'Payé à',
    paidToKnown: 'L’adresse qui y est définie',
    local: 'sur cet ordinateur',
    byTor: 'chiffré par Tor',
    connectedFor: 'Connecté depuis',
    ms: '{{ms}} ms',
    noPool: 'Aucune connexion tant que vous n’appuyez pas sur Démarrer.',
    willConnect: 'Démarrer connecte à',
    algorithm: 'Algorithme',
    difficulty: 'Difficulté',
    height: 'Hauteur',
    ping: 'Ping',
    uptime: 'Durée',
    temperature: 'Température CPU',
    power: 'Puissance CPU',
    watts: '{{watts}}\u00a0W',
    efficiency: 'Efficacité',
    joulesPerMegahash: '{{joules}}\u00a0J/MH',
    link: {
      offline: 'Hors ligne',
      connecting: 'Connexion',
      loggedIn: 'Connecté',
      waiting: 'En attente de reconnexion',
    },
    retryIn: 'Nouvel essai dans {{seconds}} s',
    threads: 'Threads',
    threadsOf: '{{count}} sur {{available}} CPU logiques',
    cpu: 'CPU {{cpu}}',
    threadsIdle: 'Chaque thread de calcul affiche ici sa propre vitesse.',
    engine: 'Mémoire',
    datasetHint: 'Environ 2 GiB, créés une fois et gardés pendant le minage.',
    mode: 'Mode',
    modes: {
      light: 'Léger (256 MiB, lent)',
      fast: 'Rapide (2 GiB)',
    },
    region: {
      dataset: 'Dataset',
      cache: 'Cache',
      scratchpads: 'Scratchpads',
    },
    page: {
      '1g': 'Pages de 1 GiB',
      '2m': 'Pages de 2 MiB',
      thp: 'Huge pages transparentes',
      '4k': 'Pages de 4 KiB',
      none: 'Non alloué',
    },
    pagesGood: 'Les huge pages sont utilisées. La mémoire ne peut pas être plus rapide.',
    pagesPartly:
      'Les huge pages transparentes aident. Des huge pages de 2 MiB réservées sont souvent encore plus rapides.',
    pagesSmall:
      'Les petites pages ralentissent le minage. Diagnostic indique la commande exacte qui active les huge pages.',
    engineIdle: 'Sans minage, aucune mémoire n’est utilisée.',
    openHealth: 'Voir le diagnostic',
    openPools: 'Voir les pools',
    openLogs: 'Voir le journal',
  },
  money: {
    title: 'Gains et coûts',
    edit: 'Saisir les chiffres',
    practice:
      'L’entraînement ne rapporte rien. Voici ce que le même hashrate rapporterait sur le réseau Monero.',
    empty:
      'Voyez ici ce que le minage rapporte et coûte : une estimation, avec tout ce dont elle est faite. Rien n’est cherché sur internet, sauf si vous l’autorisez.',
    brings: 'Gain par jour',
    worth: 'Valeur',
    costs: 'Coût par jour',
    net: 'Net par jour',
    energy: 'Énergie par mégahash',
    xmr: '{{xmr}}\u00a0XMR',
    joules: '{{joules}}\u00a0J',
    costsMore: 'Le minage coûte plus qu’il ne rapporte',
    costsMoreText:
      'À ce rythme, environ {{lost}} par jour en moyenne. Un réglage de puissance plus discret rapporte souvent davantage par watt.',
    mostDays: 'Quatre jours sur cinq rapportent entre {{low}} et {{high}}',
    mostDaysNothing: 'Au moins neuf jours sur dix ne rapportent rien',
    mostDaysNet: 'Électricité déduite, c’est entre {{low}} et {{high}}.',
    nothing: 'La probabilité de ne rien recevoir du tout en 24 heures est de {{chance}}.',
    unit: {
      block:
        'Il vous faut en moyenne {{time}} pour trouver un bloc, que vous recevez en entier : {{xmr}} XMR. La fourchette reflète cette part de chance.',
      share:
        'Il vous faut en moyenne {{time}} pour trouver un share, d’une valeur de {{xmr}} XMR. La fourchette reflète la chance de vos propres shares ; la chance et les frais du pool s’y ajoutent.',
      p2poolShare:
        'Il vous faut en moyenne {{time}} pour trouver un share P2Pool qui est payé, d’une valeur de {{xmr}} XMR. La fourchette reflète cette part de chance.',
    },
    noPromise:
      'À ce rythme, en moyenne, pour 24 heures de minage. C’est une estimation, pas une promesse : la difficulté et le cours changent sans cesse.',
    needed: 'Il manque encore :',
    need: {
      rate: 'votre hashrate, connu après une minute de minage',
      network:
        'la difficulté et la récompense du réseau, que votre propre nœud, P2Pool et certains pools indiquent ; sinon, saisissez-les',
      price: 'le cours du Monero',
      watts: 'les watts que consomme le minage',
      tariff: 'le prix de l’électricité',
    },
    madeOf: 'De quoi c’est fait',
    input: {
      rate: 'Hashrate',
      difficulty: 'Difficulté du réseau',
      reward: 'Récompense de bloc',
      price: 'Prix de 1 XMR',
      watts: 'Puissance',
      tariff: 'Prix de 1 kWh',
    },
    source: {
      rate: 'mesuré ici, {{time}}',
      node: 'de votre nœud, {{time}}',
      p2pool: 'de P2Pool, {{time}}',
      pool: 'du pool, {{time}}',
      typed: 'saisi, {{time}}',
      tariffMean: 'moyenne des heures minées, saisie, {{time}}',
      measured: 'processeurs seulement, mesuré, {{time}}',
    },
    p2poolFault: {
      notFound:
        'Les chiffres de P2Pool ne sont pas dans le dossier que vous avez indiqué. Il devrait contenir network/stats et pool/stats.',
      old: 'Les chiffres de P2Pool dans le dossier que vous avez indiqué ont plus de dix minutes. P2Pool tourne-t-il ?',
    },
    dialogText:
      'Tout reste sur cet ordinateur, et chaque chiffre garde la date où vous l’avez saisi. Laissez vide ce que vous ne savez pas.',
    priceLabel: 'Prix de 1 XMR',
    priceHint: 'Le cours du jour, d’une source en qui vous avez confiance.',
    currencyLabel: 'Devise',
    currencyHint: 'Trois lettres : EUR, USD.',
    tariffLabel: 'Prix de 1 kWh',
    tariffHint: 'Dans la même devise, d’après votre facture d’électricité.',
    windowsLabel: 'Autres prix à certaines heures',
    windowsHint:
      'Chaque jour selon l’horloge de cet ordinateur, sous la forme 22-6: 0,18; 12-14: 0,25. Toutes les autres heures sont au prix ci-dessus. Le planning peut alors s’en tenir aux heures les moins chères.',
    readTariff: 'Lire les prix dans un fichier CSV',
    readTariffHint:
      'De votre fournisseur d’électricité : sur chaque ligne, une heure et le prix de 1 kWh à cette heure, par exemple 07:00;0,25, pour les 24 heures d’une journée.',
    notWindows:
      'Écrivez les heures et les prix sous la forme 22-6: 0,18, avec un point-virgule entre plusieurs.',
    wattsLabel: 'Watts que consomme le minage',
    wattsHint:
      'Ce qu’un wattmètre de prise affiche pendant le minage, moins ce qu’il affiche au repos. Cet ordinateur n’indique rien.',
    wattsMeasured:
      'Laissez vide pour utiliser {{watts}} W, ce que les processeurs indiquent pour eux-mêmes ; carte mère, mémoire et alimentation ajoutent souvent 10 à 20 %. Le mieux est un wattmètre de prise : ce qu’il affiche pendant le minage, moins ce qu’il affiche au repos.',
    wattsLimit:
      'Ce qu’un wattmètre de prise affiche pendant le minage, moins ce qu’il affiche au repos. Les processeurs sont réglés pour rester, à eux seuls, sous {{watts}} W.',
    difficultyLabel: 'Difficulté du réseau',
    difficultyHint:
      'Par exemple 600 G. Les explorateurs de blocs l’affichent. Inutile avec votre propre nœud ou P2Pool.',
    rewardLabel: 'Récompense de bloc en XMR',
    rewardHint: '0,6 plus les frais du bloc.',
    folderLabel: 'Chiffres de P2Pool',
    folderHint:
      'Le dossier donné à P2Pool avec --data-api, s’il tourne sur cet ordinateur. Avec --local-api, ce que vous envoyez est aussi comparé à ce que P2Pool compte.',
    notNumber: 'Saisissez un nombre, par exemple 0,30.',
    notAboveZero: 'Saisissez un nombre supérieur à 0, par exemple 0,30.',
    notCurrency: 'Saisissez les trois lettres d’une devise, par exemple EUR.',
  },
  account: {
    switch: 'Demander votre solde à {{pool}}',
    hint: 'Envoie votre adresse de portefeuille à {{host}}, toutes les cinq minutes tant que vous minez ou regardez ici. C’est une seconde connexion, chiffrée, à côté de celle du minage.',
    hintProxy:
      'Envoie votre adresse de portefeuille à {{host}}, toutes les cinq minutes tant que vous minez ou regardez ici. C’est une seconde connexion, chiffrée, à côté de celle du minage, via votre proxy {{proxy}}.',
    title: 'Ce que dit {{pool}}',
    asking: 'Demande à {{host}}…',
    due: 'Solde',
    paid: 'Déjà payé',
    payout: 'Paiement minimal',
    rate: 'Votre hashrate là-bas',
    said: 'État : {{time}}, pour tous les ordinateurs qui minent pour votre adresse.',
    credit: {
      tooShort:
        'Envoyé et crédité : trop tôt pour le dire. Il faut une heure et environ 50 shares acceptés.',
      within:
        'De ce que vous avez envoyé en {{time}}, {{pool}} a crédité {{percent}} : dans les limites du hasard.',
      less: 'De ce que vous avez envoyé en {{time}}, {{pool}} a crédité {{percent}} : moins que ce que permet le hasard. Demandez pourquoi au pool.',
      lessOwn:
        'De ce que vous avez envoyé en {{time}}, {{pool}} a compté {{percent}} : moins que ce que permet le hasard. Son journal dit peut-être pourquoi.',
      more: 'De ce que vous avez envoyé en {{time}}, {{pool}} a crédité {{percent}} : plus que ce que cette application a envoyé. D’autres ordinateurs minent-ils pour votre adresse ?',
      how: 'Comment c’est comparé',
      title: 'Envoyé et crédité',
      span: 'Entre deux réponses du pool',
      shares: 'Shares acceptés',
      sent: 'Envoyé, en hashs',
      credited: 'Crédité, en hashs',
      chance: 'Le hasard permet',
      range: '{{low}} à {{high}}',
      explanation:
        'Chaque share compte pour autant de hashs que sa difficulté. Les shares arrivent au hasard, et le pool les additionne à ses propres heures : les deux sommes ne sont donc jamais tout à fait égales. 99 fois sur 100, le hasard seul maintient le crédit dans cette plage. Le pool compte aussi ce que d’autres ordinateurs minent pour votre adresse.',
    },
  },
  history: {
    span: 'Période affichée',
    spans: {
      quarterHour: '15 min',
      day: '24 h',
      month: '30 jours',
      year: '1 an',
    },
    kind: 'Ce qui est affiché',
    kinds: {
      mining: 'Minage',
      practice: 'Entraînement',
    },
    loading: 'Lecture de l’historique…',
    failedTitle: 'L’historique n’a pas pu être lu',
    emptyTitle: {
      mining: 'Pas encore d’historique',
      practice: 'Pas encore d’entraînement',
    },
    empty: {
      mining:
        'Chaque minute de minage est conservée ici, sur cet ordinateur uniquement. Cela commence quand vous appuyez sur Démarrer.',
      practice:
        'L’entraînement est conservé à part du minage et jamais compté avec lui. Entraînez-vous sur le pool d’entraînement, et il apparaîtra ici.',
    },
    average: 'Moyenne',
    mined: 'Temps miné',
    hashes: 'Hashs',
    hashrate: 'Hashrate',
    chart: {
      quarterHour: 'Hashrate des 15 dernières minutes',
      day: 'Hashrate des 24 dernières heures',
      month: 'Hashrate des 30 derniers jours',
      year: 'Hashrate de l’année écoulée',
    },
    nothing: {
      quarterHour: 'Rien n’a été miné dans les 15 dernières minutes.',
      day: 'Rien n’a été miné dans les 24 dernières heures.',
      month: 'Rien n’a été miné dans les 30 derniers jours.',
      year: 'Rien n’a été miné dans l’année écoulée.',
    },
    hint: 'Pointez le graphique, ou utilisez les touches fléchées, pour le lire.',
    point: '{{period}} : {{rate}}, miné pendant {{mined}}',
    pointIdle: '{{period}} : rien de miné',
    pointShares_one: '{{count}} share',
    pointShares_many: '{{count}} shares',
    pointShares_other: '{{count}} shares',
    pointPaused: 'pause {{time}} ({{reasons}})',
    pointWaited: 'attente de travail {{time}}',
    legendPaused: 'En pause',
    legendWaiting: 'Attente de travail',
    legendGap: 'Un vide : minage arrêté',
    time: 'Heure',
    shares: 'Shares',
    paused: 'En pause',
    expected: 'Attendus',
    found: 'Trouvés',
    luck: 'Chance',
    luckText:
      'Shares trouvés, par rapport à ce que vos hashs trouvent en moyenne. C’est le hasard, et cela s’équilibre : au-dessus de 100 %, de la chance ; au-dessous, de la malchance.',
    effort: 'Effort actuel',
    effortText:
      'Travail depuis votre dernier share, par rapport à ce qu’un share demande en moyenne. Un share sur vingt demande plus de 300 %.',
    lost: 'Perdu',
    lostText:
      'Parmi les shares, {{shares}} ont été rejetés ou étaient périmés. Pendant {{time}} du temps, il n’y avait pas de travail : lors de la connexion ou dans l’attente d’un pool.',
    best: 'Meilleur share',
    bestText:
      'La difficulté la plus élevée qu’un de vos shares ait atteinte. Un pool ne paie rien de plus pour cela ; en solo, elle montre à quel point vous étiez près d’un bloc.',
    spent: 'À quoi est passé le temps',
    states: {
      mining: 'Minage',
      preparing: 'Création du dataset',
      paused: 'En pause',
      waiting: 'Attente de travail',
    },
    pausedReasons: 'Plusieurs raisons peuvent jouer à la fois.',
    sessions: 'Sessions',
    sessionsOf: 'Les {{shown}} plus récentes sur {{count}}',
    sessionsAll_one: 'Tout afficher ({{count}})',
    sessionsAll_many: 'Tout afficher ({{count}})',
    sessionsAll_other: 'Tout afficher ({{count}})',
    started: 'Début',
    more: '{{place}} et {{count}} de plus',
    failedShares: 'Rejetés/périmés',
    allTime: 'Depuis le début',
    since: 'Depuis le {{date}}',
    kept: 'Conservé dans {{folder}}, sur cet ordinateur uniquement : {{size}}.',
    exportCsv: 'Exporter en CSV',
    exportJson: 'Exporter en JSON',
    exported: 'Enregistré sous {{file}}.',
    delete: 'Effacer l’historique',
    deleteTitle: 'Effacer tout l’historique ?',
    deleteText:
      'Cela efface chaque minute, session et total, du minage comme de l’entraînement, et ne peut pas être annulé. Vos fonds sont en sécurité : ils sont dans votre portefeuille, pas dans cette application.',
  },
  shares: {
    newest: 'Derniers shares',
    emptyTitle: 'Pas encore de shares',
    emptyIdle: 'Démarrez le minage : chaque share trouvé s’affiche ici avec la réponse du pool.',
    emptyExpected: 'Premier share attendu dans {{time}} environ.',
    emptyMining: 'Le premier share apparaît ici dès qu’il est trouvé.',
    time: 'Trouvé',
    outcome: 'Résultat',
    difficulty: 'Difficulté',
    roundTrip: 'Réponse',
    nonce: 'Nonce',
    outcomes: {
      pending: 'En attente',
      accepted: 'Accepté',
      rejected: 'Rejeté',
      stale: 'Périmé',
    },
  },
  pools: {
    lead: 'Le pool principal est utilisé en premier. S’il est injoignable, les pools de secours prennent le relais dans cet ordre.',
    list: 'Pools',
    templates: {
      known: 'Pool connu',
      stratum: 'Un autre pool',
      p2pool: 'P2Pool',
      'xmrig-proxy': 'xmrig-proxy',
      daemon: 'Mon propre nœud',
    },
    node: 'Mon nœud',
    practising:
      'Vous vous entraînez : ces pools ne sont donc pas utilisés. Le vrai minage a ses propres compteurs.',
    endPractice: 'Miner pour de vrai',
    practise: 'Plutôt m’entraîner',
    practiseHint: 'L’entraînement se passe sur cet ordinateur, sans internet, et ne rapporte rien.',
    emptyTitle: 'Pas encore de pool',
    empty: 'Ajoutez un pool ou votre propre nœud.',
    add: 'Ajouter un pool',
    primary: 'Principal',
    backup: 'Secours {{number}}',
    standing: {
      inUse: 'Utilisé',
      inUseInstead: 'Les pools qui le précèdent ne donnent pas de travail.',
      connecting: 'Connexion…',
      proving:
        'Donne de nouveau du travail. Il prendra le relais après l’avoir fait pendant une minute ou plus.',
      resting: 'Inutile pour l’instant : un pool qui le précède donne du travail.',
      down: '{{why}} L’application réessaie d’elle-même.',
      failed: '{{why}} Il ne sera réessayé que lorsque vous appuierez de nouveau sur Démarrer.',
    },
    up: 'Monter {{name}}',
    down: 'Descendre {{name}}',
    edit: 'Modifier {{name}}',
    remove: 'Supprimer {{name}}',
    removeTitle: 'Supprimer {{name}} ?',
    removeText: 'L’application oublie son adresse et ses réglages.',
    removeConfirm: 'Supprimer',
    addTitle: 'Ajouter un pool',
    editTitle: 'Modifier le pool',
    name: 'Nom (facultatif)',
    password: 'Mot de passe',
    passwordHint: 'La plupart des pools acceptent « x ».',
    rigId: 'Nom du rig (facultatif)',
    login: 'Identifiant au lieu de l’adresse du portefeuille (facultatif)',
    loginHint: 'Pour P2Pool et les proxys. Envoyé exactement comme saisi.',
    fingerprint: 'Certificat de confiance (facultatif)',
    fingerprintHint:
      'SHA-256, 64 chiffres hexadécimaux. Utile seulement pour un certificat autosigné.',
    fingerprintWrong: 'Une empreinte SHA-256 compte 64 caractères de 0 à 9 et de a à f.',
    rpcUser: 'Utilisateur RPC (facultatif)',
    rpcUserHint: 'Si monerod tourne avec --rpc-login',
    rpcPassword: 'Mot de passe RPC',
    zmqPort: 'Port ZMQ (facultatif)',
    zmqPortHint: 'Le port du --zmq-pub de monerod, pour apprendre aussitôt les nouveaux blocs',
    proxy: 'Proxy SOCKS5 (facultatif)',
    proxyHint: 'Tor sur cet ordinateur : 127.0.0.1:9050, Tor Browser : 127.0.0.1:9150',
    proxyWrong: 'Écrivez le proxy sous la forme host:port, par exemple 127.0.0.1:9050.',
    tor: 'Tor',
    torBrowser: 'Tor Browser',
    through: 'Via {{proxy}}',
    onionAlone:
      'Une adresse onion n’est joignable que par Tor. Saisissez son proxy sous « Plus d’options ».',
    zmqPortWrong: 'Un port est un nombre de 1 à 65535.',
    more: 'Plus d’options',
    full: 'Seize pools au maximum. Supprimez-en un pour en ajouter un autre.',
  },
  settings: {
    sectionsLabel: 'Sections des paramètres',
    sections: {
      wallet: 'Portefeuille',
      power: 'Puissance',
      rules: 'Règles',
      tuning: 'Mémoire et optimisation',
      appearance: 'Apparence',
      notifications: 'Notifications',
      opening: 'Ouverture et fermeture',
      connections: 'Connexions',
      reset: 'Réinitialiser',
    },
    search: 'Rechercher un paramètre',
    searchClear: 'Effacer la recherche',
    searchNone: 'Aucun paramètre ne correspond à « {{text}} ».',
    searchNoneHint: 'Essayez un autre mot, ou parcourez les sections.',
    wallet: 'Portefeuille',
    walletHint: 'Les pools paient à cette adresse, et votre propre nœud mine pour elle.',
    walletNone:
      'Pas encore d’adresse : vous ne pouvez que vous entraîner, ou miner avec un identifiant à vous.',
    walletChange: 'Changer d’adresse',
    walletAdd: 'Saisir l’adresse',
    walletNew: 'Nouvelle adresse de portefeuille',
    walletConfirmTitle: 'Miner pour une autre adresse ?',
    walletOld: 'Actuelle',
    walletNext: 'Nouvelle',
    walletConfirm: 'Utiliser la nouvelle',
    power: 'Puissance',
    mode: 'Mémoire',
    modeAuto: 'Automatique',
    modeAutoHint: 'Rapide si environ 3 GiB sont libres',
    modeFast: 'Rapide',
    modeFastHint: 'Nécessite au moins 2,3 GiB',
    modeLight: 'Léger',
    modeLightHint: '256 MiB, plusieurs fois plus lent',
    schedule: 'Planning',
    scheduleOn: 'Ne miner qu’à certaines heures',
    scheduleOnHint:
      'Selon l’horloge de cet ordinateur. En dehors de ces heures, le minage attend, puis repart de lui-même.',
    schedulePresets: 'Plannings tout prêts',
    schedulePreset: {
      nights: 'Nuits',
      weekends: 'Week-ends',
      nightsAndWeekends: 'Nuits et week-ends',
      always: 'Toujours',
    },
    scheduleGrid: 'Heures de la semaine',
    scheduleHow:
      'Cliquez sur une heure ou faites glisser sur plusieurs. Au clavier, les flèches déplacent, Espace bascule une heure, et Maj avec les flèches peint.',
    scheduleHours_one: 'Mine {{count}} heure par semaine.',
    scheduleHours_many: 'Mine {{count}} heures par semaine.',
    scheduleHours_other: 'Mine {{count}} heures par semaine.',
    scheduleNever: 'Aucune heure n’est choisie : rien n’est donc miné.',
    scheduleCell: '{{day}}, de {{from}} à {{to}}',
    cheapest: 'Ne miner qu’aux heures les moins chères',
    cheapestHint:
      'Parmi les heures de chaque jour, celles où l’électricité coûte le moins, d’après les prix saisis sous Gains et coûts.',
    cheapestNoTariff:
      'Saisissez d’abord, sous Gains et coûts, ce que vous coûte l’électricité et à quelles heures.',
    cheapestHours: 'Heures par jour',
    fullScreen: 'Pause quand un programme est en plein écran',
    fullScreenHint: 'Jeux, films et présentations. Reprend quand vous quittez le plein écran.',
    fullScreenUnavailable:
      'Indisponible : ce système ne le signale pas. Vous pouvez indiquer les programmes ci-dessous.',
    metered: 'Pause sur connexion limitée',
    meteredHint: 'Une connexion facturée au volume, comme le partage de connexion d’un téléphone.',
    heat: 'Garder le CPU au frais',
    heatHint:
      'Au-dessus de cette température, l’application mine avec moins de threads ; 10\u00a0°C plus haut, elle se met en pause.',
    heatBelow: 'Rester sous',
    watts: 'Limiter la puissance du CPU',
    wattsHint:
      'Tant que les processeurs consomment plus que cela, autres programmes compris, l’application mine avec moins de threads.',
    wattsBelow: 'Rester sous',
    celsius: '{{degrees}}\u00a0°C',
    programs: 'Pause pendant que ces programmes tournent',
    programsHint: 'Jeux, appels vidéo, tout ce qui doit avoir l’ordinateur pour lui seul.',
    programsNone: 'Aucun programme dans la liste.',
    programsName: 'Nom du programme',
    programsAdd: 'Ajouter',
    programsAdded: 'Programmes qui mettent le minage en pause',
    programsRemove: 'Supprimer {{name}}',
    rules: 'Règles',
    opening: 'Ouverture de l’application',
    startAtLaunch: 'Démarrer le minage à l’ouverture de l’application',
    startAtLaunchHint:
      'Désactivé par défaut. Jamais après un plantage, et jamais après que vous avez appuyé sur Arrêter.',
    openAtLogin: 'Ouvrir l’application avec ma session',
    openAtLoginHint: 'Ouvre la fenêtre ou l’icône de notification. Ne démarre pas le minage.',
    appearance: 'Apparence',
    theme: 'Thème',
    language: 'Langue',
    system: 'Système',
    light: 'Clair',
    dark: 'Sombre',
    notifications: 'Notifications',
    rulePauses: 'Pause ou reprise par une règle',
    poolDown: 'Pool injoignable pendant deux minutes, et de retour',
    noShares: 'Aucun share depuis bien plus longtemps que prévu',
    rejects: 'Plus de 5 % des shares rejetés',
    failures: 'Minage interrompu par un problème',
    window: 'À la fermeture de la fenêtre',
    closeAsk: 'Demander à chaque fois',
    closeBackground: 'Continuer en arrière-plan',
    closeQuit: 'Quitter et arrêter le minage',
    noTray: 'Ce bureau n’a pas de zone de notification : la fenêtre n’est donc jamais cachée.',
    api: 'API de surveillance',
    apiOn: 'Offrir une API HTTP en lecture seule sur cet ordinateur',
    apiHint:
      'Des tableaux de bord sur cet ordinateur peuvent lire votre hashrate et vos shares. Ils ne peuvent rien changer, et aucun autre ordinateur ne peut se connecter.',
    apiPort: 'Port',
    apiPortWrong: 'Choisissez un nombre de 1024 à 65535.',
    apiAddress: 'Adresse :',
    apiToken: 'Jeton, envoyé comme « Authorization: Bearer … » :',
    apiCopy: 'Copier le jeton',
    updates: 'Nouvelles versions',
    updatesLook: 'Chercher les nouvelles versions',
    updatesHint:
      'Demande une fois par jour à {{host}} une liste signée, sans rien envoyer sur vous ni sur cet ordinateur. Rien n’est téléchargé ni installé avant que vous ne le demandiez.',
    updatesNow: 'Chercher',
    updatesNewest: 'C’est la version la plus récente. Dernière recherche : {{date}}.',
    updatesApt:
      'La version {{version}} est disponible, avec une signature authentique. Pour l’installer :',
    updatesCommand: 'sudo apt update && sudo apt install --only-upgrade ibctminer',
    updatesPage: 'La version {{version}} est disponible, avec une signature authentique.',
    updatesOpen: 'Ouvrir la page de téléchargement',
    updatesDownload: 'Télécharger ({{size}})',
    updatesAgain: 'Réessayer',
    updatesRunning: 'Téléchargement de la version {{version}} : {{done}} sur {{size}}.',
    updatesStop: 'Arrêter',
    updatesReplace:
      'La version {{version}} est là, complète et authentique. Elle prend la place de celle-ci : le minage s’arrête, et l’application redémarre.',
    updatesReplaceNow: 'Installer et redémarrer',
    updatesInstaller:
      'La version {{version}} est là, complète et authentique. Le système ouvre son programme d’installation : le minage s’arrête, et l’application se ferme.',
    updatesInstallerNow: 'Quitter et installer',
    updatesStale_one:
      'La liste a été signée il y a {{count}} jour. Une nouvelle aurait dû arriver depuis : quelqu’un vous cache peut-être une version plus récente. Voyez la page de téléchargement.',
    updatesStale_many:
      'La liste a été signée il y a {{count}} jours. Une nouvelle aurait dû arriver depuis : quelqu’un vous cache peut-être une version plus récente. Voyez la page de téléchargement.',
    updatesStale_other:
      'La liste a été signée il y a {{count}} jours. Une nouvelle aurait dû arriver depuis : quelqu’un vous cache peut-être une version plus récente. Voyez la page de téléchargement.',
    reset: 'Réinitialiser',
    resetHint:
      'Efface l’adresse du portefeuille, les pools et tous les paramètres. Le minage s’arrête.',
    resetButton: 'Tout réinitialiser',
    resetTitle: 'Tout réinitialiser ?',
    resetText:
      'Cela efface l’adresse du portefeuille, les pools et tous les paramètres, et arrête le minage. Vos fonds sont en sécurité : ils sont dans votre portefeuille, pas dans cette application.',
  },
  logs: {
    lead: 'Les adresses de portefeuille sont retirées de chaque ligne.',
    kept: 'Conservé dans {{folder}}, 6 MB au plus ; les lignes les plus anciennes partent en premier.',
    openFolder: 'Ouvrir le dossier',
    export: 'Tout exporter',
    filter: 'Niveau',
    all: 'Tout',
    warn: 'Avertissements et erreurs',
    error: 'Erreurs',
    search: 'Rechercher dans le journal',
    copy: 'Copier le journal',
    emptyTitle: 'Le journal est encore vide',
    empty: 'Ce que fait l’application apparaît ici au fur et à mesure.',
    noMatch: 'Aucune ligne ne correspond.',
    levels: {
      info: 'Info',
      warn: 'Avertissement',
      error: 'Erreur',
    },
    entries: 'Lignes du journal',
    messages: 'Messages',
    messagesLead:
      'Les derniers messages entre cette application et le pool, sans adresses, mots de passe ni identifiants de session.',
    searchMessages: 'Rechercher dans les messages',
    copyMessages: 'Copier les messages',
    noMessages:
      'Pas encore de messages. Ils apparaissent dès que l’application se connecte à un pool.',
    sent: 'Envoyé',
    received: 'Reçu',
  },
  health: {
    lead: 'Ce que cet ordinateur offre pour le minage, et comment corriger ce qui manque.',
    run: 'Vérifier à nouveau',
    running: 'Vérification…',
    copy: 'Copier le rapport',
    copyHint: 'Le rapport ne contient pas votre adresse.',
    failedTitle: 'La vérification n’a pas pu se faire',
    statuses: {
      ok: 'OK',
      warn: 'À voir',
      unknown: 'Inconnu',
    },
    allGood: 'Tout va bien.',
    toLookAt_one: '{{count}} point est à voir.',
    toLookAt_many: '{{count}} points sont à voir.',
    toLookAt_other: '{{count}} points sont à voir.',
    fix: 'Que faire',
    commands: {
      now: 'Maintenant, jusqu’au prochain redémarrage',
      atBoot: 'À chaque démarrage de l’ordinateur',
      lasting: 'Maintenant et par la suite',
      undo: 'Pour l’annuler',
    },
    runHint:
      '« Exécuter la commande » demande au système d’exécuter exactement cette commande. Le système demande le mot de passe d’un administrateur, que cette application ne voit jamais.',
    runPrompt: 'Répondez à la demande du système.',
    runEnds: {
      ran: 'La commande a été exécutée, et tout a été vérifié à nouveau.',
      dismissed: 'Vous avez fermé la demande du système. La commande n’a pas été exécutée.',
      notAllowed: 'Le système ne l’a pas permis. La commande n’a pas été exécutée.',
    },
    results: 'Résultats',
    selfTest: 'Moteur',
    selfTestRun: 'Tester le moteur',
    selfTesting: 'Test…',
    selfTestHint:
      'Calcule des hashs dont les résultats sont publiés avec RandomX, avec et sans code généré. Le moteur fait de même de lui-même avant son premier share.',
    selfTestRight: 'Les {{hashes}} hashs sont tous justes ({{seconds}} s).',
    selfTestWrong:
      'Hashs faux : {{ways}}. Annulez tout overclocking et vérifiez la température. Si cela persiste, signalez-le avec votre modèle de CPU.',
    pagesGain: 'Ce qu’apportent ici les huge pages',
    pagesGainRun: 'Mesurer le gain',
    pagesGainMeasuring: 'Mesure…',
    pagesGainHint:
      'Calcule des hashs tour à tour avec et sans huge pages, avec les mêmes threads, pendant une demi-minute environ. Rien n’est envoyé et rien n’est gagné. Cela prend 5 GiB de mémoire pendant ce temps.',
    pagesGainFaster:
      'Sur cet ordinateur, le minage est {{gain, percent}} plus rapide avec les huge pages : {{huge}} avec, {{small}} sans.',
    pagesGainAlike:
      'Sur cet ordinateur, les huge pages ne changent rien : {{huge}} avec, {{small}} sans.',
    pagesGainOf_one: '{{pages, pages}}, mesuré avec {{count}} thread.',
    pagesGainOf_many: '{{pages, pages}}, mesuré avec {{count}} threads.',
    pagesGainOf_other: '{{pages, pages}}, mesuré avec {{count}} threads.',
    pagesGainNone:
      'Le système ne donne pas de huge pages pour le moment : il n’y a donc rien à comparer. Ce qui les active est indiqué sous Huge pages.',
    fork: 'Le prochain fork de Monero',
    forkRun: 'Simuler le fork',
    forkRunning: 'Simulation…',
    forkHint:
      'Le prochain fork de Monero apporte RandomX v2 (rx/2). La simulation mine sur le pool d’entraînement de cette application, qui passe le fork en cours de route. Elle dure environ une minute et demande, en mode rapide, 3 GiB de mémoire. Rien ne quitte cet ordinateur et rien n’est gagné.',
    forkReady: 'Cette application et cet ordinateur sont prêts pour le prochain fork de Monero.',
    forkNotReady:
      'Cette application ou cet ordinateur n’est pas prêt pour le prochain fork de Monero. Cherchez une mise à jour, puis simulez à nouveau le fork.',
    forkUnproven:
      'Tout s’est bien passé, mais cet ordinateur n’a trouvé aucun share dans la minute qui a suivi le fork. Simulez-le à nouveau, avec plus de threads si possible.',
    forkShares:
      'Shares acceptés : {{before}} avant le fork, {{after}} après. Refusés : {{refused}}.',
    forkKept: 'Rien n’a dû être recréé, et le minage s’est interrompu {{seconds}} s au plus.',
    forkRebuilt:
      'Le dataset ou le cache a dû être recréé, et le minage s’est interrompu {{seconds}} s.',
    forkRates: 'Hashrate : {{before}} avant (rx/0), {{after}} après (rx/2).',
    forkAt: 'Simulé le {{date}} en mode {{mode}}.',
    checks: {
      memory: 'Mémoire',
      hugePages: 'Huge pages',
      transparentPages: 'Huge pages transparentes',
      aes: 'Instructions AES',
      jit: 'Code généré',
      dns: 'Nom du pool',
      tls: 'Chiffrement',
      clock: 'Horloge',
      virtualMachine: 'Machine virtuelle',
      numa: 'Organisation de la mémoire (NUMA)',
      temperature: 'Température',
      energy: 'Consommation électrique',
      antivirus: 'Antivirus',
      battery: 'Détection de batterie',
      idle: 'Détection d’inactivité',
      tray: 'Icône de notification',
    },
    remarks: {
      memoryLightChosen: 'Le mode léger est choisi dans les paramètres. Il lui faut 256 MiB.',
      memoryFast: 'Le mode rapide dispose des 2,3 GiB qu’il lui faut.',
      memoryUnknown: 'Cet ordinateur n’indique pas combien de mémoire est libre.',
      memoryFree: '{{bytes, gibibytes}} sont libres. Il faut environ 3 GiB au mode rapide.',
      memoryShort:
        '{{bytes, gibibytes}} sont libres. Il faut environ 3 GiB au mode rapide : cet ordinateur minerait donc en mode léger, plusieurs fois plus lent.',
      memoryShortNow:
        '{{bytes, gibibytes}} sont libres. Il faut environ 3 GiB au mode rapide : cet ordinateur mine donc en mode léger, plusieurs fois plus lent.',
      memoryFix: 'Fermez d’autres programmes, puis arrêtez le minage et redémarrez-le.',
      pagesGood: 'Les huge pages sont utilisées.',
      pagesFree_one: '{{count, integer}} huge page de 2 MiB est libre.',
      pagesFree_many: '{{count, integer}} huge pages de 2 MiB sont libres.',
      pagesFree_other: '{{count, integer}} huge pages de 2 MiB sont libres.',
      pagesShort_one:
        'Un thread nécessite {{needed, integer}} huge pages de 2 MiB ; {{free, integer}} sont libres.',
      pagesShort_many:
        '{{count}} threads nécessitent {{needed, integer}} huge pages de 2 MiB ; {{free, integer}} sont libres.',
      pagesShort_other:
        '{{count}} threads nécessitent {{needed, integer}} huge pages de 2 MiB ; {{free, integer}} sont libres.',
      pagesTransparent:
        'Des huge pages transparentes sont utilisées à la place et s’en approchent.',
      pagesUnknown: 'Cet ordinateur n’indique pas ses huge pages.',
      pagesInUse:
        'Dataset : {{dataset, pages}}. Cache : {{cache, pages}}. Scratchpads : {{scratchpads, pages}}.',
      pagesFix:
        'Réservez-les, puis arrêtez le minage et redémarrez-le. Chaque accès à la mémoire demande alors moins d’étapes ; c’est en général le plus grand gain possible. Pendant ce temps, les autres programmes ne peuvent pas utiliser ces {{bytes, gibibytes}}.',
      pagesFixBeside:
        'Réservez-les, puis arrêtez le minage et redémarrez-le. Elles sont plus fiables que les transparentes, et souvent un peu plus rapides. Pendant ce temps, les autres programmes ne peuvent pas utiliser ces {{bytes, gibibytes}}.',
      thpOn: 'Le système donne des huge pages aux programmes qui en demandent, comme celui-ci.',
      thpNotNeeded: 'Elles sont désactivées, et inutiles : assez de huge pages sont réservées.',
      thpOff: 'Le système ne donne pas de huge pages de lui-même.',
      thpFix:
        'Laissez les programmes qui demandent des huge pages en obtenir, puis arrêtez le minage et redémarrez-le. Cela apporte l’essentiel de ce qu’apportent les huge pages, sans réserver de mémoire.',
      thpUnknown: 'Cet ordinateur ne les indique pas.',
      aesFound: 'Le CPU a des instructions AES.',
      aesMissing: 'Le CPU n’a pas d’instructions AES. Sans elles, le minage est bien plus lent.',
      aesFix:
        'Si c’est une machine virtuelle, réglez son type de CPU sur « host ». Sinon, ce CPU est trop ancien pour bien miner.',
      aesUnknown:
        'Le moteur de minage n’a pas pu être chargé : le CPU n’a donc pas pu être vérifié.',
      jitUsed: 'Les programmes RandomX s’exécutent comme code machine généré ({{path}}).',
      jitMissing:
        'Les programmes RandomX sont interprétés, ce qui est bien des fois plus lent. Soit le système interdit le code généré, soit ce CPU n’est pas pris en charge.',
      jitFix:
        'Autorisez cette application à exécuter du code généré dans votre logiciel de sécurité.',
      jitUnknown: 'Connu une fois le minage démarré.',
      poolNone: 'Aucun pool n’est encore choisi.',
      poolPractice: 'Le pool d’entraînement est dans cette application.',
      nameFound: '{{host}} a été trouvé.',
      nameNotFound: 'Le nom {{host}} n’a pas pu être résolu.',
      nameFix: 'Vérifiez l’orthographe de l’adresse du pool et votre connexion internet.',
      nameByProxy: 'C’est le proxy qui résout {{host}}.',
      nameNotAsked:
        'Le nom {{host}} n’a pas été résolu : l’application ne le fait que lorsqu’elle mine.',
      tlsUsed: 'La connexion est chiffrée.',
      tlsNotNeeded: 'La connexion ne quitte jamais cet ordinateur.',
      tlsByTor: 'Tor chiffre la connexion à une adresse onion.',
      tlsMissing:
        'La connexion n’est pas chiffrée. N’importe qui entre vous et le pool peut lire votre adresse et détourner vos shares.',
      tlsFix: 'Utilisez le port TLS du pool s’il en a un.',
      tlsMissingToNode:
        'La connexion au nœud n’est pas chiffrée. N’importe qui entre vous et le nœud peut détourner vos récompenses.',
      tlsFixOfNode: 'Connectez-vous au nœud par TLS, ou faites-le tourner sur cet ordinateur.',
      clockKept: 'Un serveur de temps garde l’horloge à l’heure.',
      clockBehind: 'L’horloge retarde de plusieurs mois ou années.',
      clockAlone: 'Aucun serveur de temps ne garde l’horloge à l’heure.',
      clockFix:
        'Activez l’heure automatique dans les paramètres de votre système. Les certificats et l’historique ont besoin de l’heure exacte.',
      clockUnknown:
        'L’horloge semble plausible. Ce système n’indique pas si un serveur de temps la garde à l’heure.',
      virtualNo: 'Cet ordinateur n’est pas une machine virtuelle.',
      virtualYes:
        'Ceci est une machine virtuelle. Pour y miner, il faut le type de CPU « host », et ce sont les huge pages sur l’hôte qui aident le plus.',
      virtualUnknown: 'Cet ordinateur n’indique pas s’il est une machine virtuelle.',
      numaOne: 'Toute la mémoire est à la même distance du CPU.',
      numaMany:
        'Cet ordinateur a {{nodes, integer}} nœuds de mémoire. Chacun reçoit sa propre copie du dataset s’il y a la place.',
      numaUnknown:
        'Le moteur de minage n’a pas pu être chargé : l’organisation de la mémoire n’est donc pas connue.',
      temperatureKnown:
        'La température du CPU est lisible : le minage peut donc ralentir quand le CPU chauffe trop.',
      temperatureUnknown:
        'La température du CPU n’est pas lisible ici : le minage ne peut donc pas ralentir quand le CPU chauffe trop.',
      energyKnown: 'Le CPU indique ce qu’il consomme.',
      energyUnknown:
        'La consommation du CPU n’est pas lisible ici. Saisissez-la sous Gains et coûts pour voir ce que coûte le minage.',
      energyClosed:
        'Le CPU compte l’énergie qu’il consomme, mais sur ce système, seuls les administrateurs peuvent lire ce compteur.',
      energyFix:
        'Laissez tous les programmes le lire : l’application mesure alors ce que coûte le minage et peut limiter la puissance du CPU. Les systèmes en ferment l’accès parce qu’un programme pourrait en deviner ce que d’autres calculent.',
      antivirusRare: 'Les antivirus gênent rarement sur ce système.',
      antivirusLikely:
        'Les antivirus prennent souvent les mineurs pour une menace, même ceux que vous avez installés vous-même. Si le vôtre bloque cette application, vérifiez ses fichiers dans À propos, puis autorisez ce dossier : {{folder}}.',
      batteryKnown:
        'Le système indique s’il fonctionne sur batterie : « Pause sur batterie » a donc un effet.',
      batteryUnknown:
        'Aucune batterie n’a été trouvée : « Pause sur batterie » est donc sans effet.',
      idleKnown: 'Le système indique si l’ordinateur est utilisé.',
      idleUnknown: 'Ce bureau n’indique pas si l’ordinateur est utilisé.',
      trayShown: 'Le bureau affiche les icônes de notification.',
      trayMissing:
        'Le bureau n’affiche pas d’icônes de notification : la fenêtre reste donc ouverte pendant le minage.',
      trayFix:
        'Sous GNOME, installez l’extension « AppIndicator and KStatusNotifierItem Support », puis rouvrez votre session. La fenêtre peut alors être cachée pendant le minage. Sous Debian et Ubuntu :',
    },
    report: {
      title: 'Ibctminer {{version}} sur {{platform}}',
      cpu: 'CPU : {{name}}',
      state: 'État : {{why}}',
    },
  },
  about: {
    lead: 'Le minage de Monero avec votre propre CPU. Rien ne tourne avant que vous n’appuyiez sur Démarrer.',
    version: 'Version {{version}}',
    fee: '0 % de frais',
    versions: 'Versions',
    application: 'Ibctminer',
    electron: 'Electron',
    chrome: 'Chromium',
    node: 'Node.js',
    platform: 'Système',
    library: 'Bibliothèque native (SHA-256)',
    libraryNone: 'Non chargée',
    settingsFolder: 'Dossier des paramètres',
    oldElectron:
      'Cette version compilée tourne avec Electron {{version}}, qui ne reçoit plus de correctifs de sécurité : la version officielle n’a pas pu être téléchargée lors de la compilation. Elle est destinée au développement et aux tests. Ne la transmettez pas.',
    trust: 'Nos engagements',
    rules: {
      start:
        'Aucun hash n’est calculé avant que vous n’acceptiez et n’appuyiez sur Démarrer. D’ici là, un pool n’est contacté que si vous le testez ou mesurez sa latence.',
      visible:
        'Pendant le minage, une fenêtre ou une icône de notification est visible sous le nom de l’application.',
      fee: 'Vous minez pour votre propre adresse. Les frais sont de 0 %.',
      practice: 'L’entraînement et les mesures n’envoient de travail à personne.',
      rights:
        'Elle ne s’accorde jamais elle-même de droits d’administrateur. Elle montre les commandes qui en exigent, et n’en exécute une que si vous appuyez sur « Exécuter la commande » et que la demande du système lui-même le permet.',
      system: 'Elle ne charge aucun pilote et ne modifie ni l’antivirus ni la gestion d’énergie.',
      updates: 'Elle ne télécharge aucun programme à votre insu.',
      quit: 'Après l’avoir quittée, il ne reste aucun processus.',
      privacy: 'Les journaux et les rapports ne contiennent pas votre adresse. Aucune télémétrie.',
    },
    files: 'Ces fichiers sont-ils authentiques ?',
    filesHint:
      'Compare chaque fichier de cette application avec la liste signée lors de sa publication. Rien n’est envoyé.',
    filesCompare: 'Comparer',
    filesComparing: 'Comparaison…',
    filesUnsigned:
      'Cette version compilée est venue sans liste signée, comme celles de développement. On ne peut pas dire de quoi elle a été faite.',
    filesSame_one: '{{count}} fichier est tel qu’il a été publié ({{signedAs}}).',
    filesSame_many: 'Les {{count}} fichiers sont tous tels qu’ils ont été publiés ({{signedAs}}).',
    filesSame_other: 'Les {{count}} fichiers sont tous tels qu’ils ont été publiés ({{signedAs}}).',
    filesDiffer:
      'Ces fichiers ne sont pas tels qu’ils ont été publiés. Réinstallez l’application depuis une source de confiance.',
    filesChanged: 'Modifiés : {{files}}',
    filesMissing: 'Manquants : {{files}}',
    filesAdded: 'Pas de nous : {{files}}',
    filesOutside:
      'Un programme modifié peut mentir sur lui-même. De l’extérieur, avec la clé de la page web :',
    licences: 'Licences',
    licence: 'Ibctminer est un logiciel libre sous licence MIT.',
    builtWith: 'Réalisé avec',
    links: 'En savoir plus',
    howMiningWorks: 'Comment marche le minage',
    hugePages: 'Comprendre les huge pages',
    source: 'Code source',
    getWallet: 'Obtenir un portefeuille',
  },
  connections: {
    title: 'Connexions',
    hint: 'Tout ce à quoi l’application se connecte et ce sur quoi elle écoute. Les noms qui s’y trouvent sont demandés au serveur de noms de votre système. Rien d’autre n’est contacté.',
    purpose: 'Pour quoi',
    place: 'Où',
    last: 'Dernière fois',
    bytes: 'Envoyé / reçu',
    bytesHint: 'Les octets sont comptés depuis le lancement, chiffrement compris.',
    state: 'Actuel',
    never: 'Pas depuis le lancement',
    on: 'Active',
    off: 'Inactive',
    anyPort: '{{host}}, n’importe quel port libre',
    purposes: {
      pool: 'Pool : travail et shares, avec votre adresse de portefeuille. Quand vous minez, et quand vous le testez.',
      node: 'Nœud : blocs à miner, avec votre adresse de portefeuille. Quand vous minez, et quand vous le testez.',
      nodeNews: 'Nœud : annonces de blocs, quand vous minez.',
      latency:
        'Pool connu : connexion aussitôt refermée, pour mesurer sa latence. Rien n’est envoyé. Quand vous le demandez.',
      account:
        'API web du pool : votre solde, demandé avec votre adresse de portefeuille. Toutes les cinq minutes tant que vous minez ou le regardez, si vous l’avez activé.',
      practice: 'Pool d’entraînement, dans l’application. Quand vous vous entraînez.',
      updates:
        'Nouvelles versions : deux petits fichiers, rien sur vous. Une fois par jour, si activé dans les paramètres. Le programme lui-même quand vous appuyez sur Télécharger.',
      api: 'API de surveillance : des programmes de cet ordinateur demandent, l’application répond. Si activée dans les paramètres.',
    },
  },
  uninstall: {
    title: 'Désinstaller',
    hint: 'Montre tout ce que l’application a créé sur cet ordinateur, et supprime ce que vous ne gardez pas.',
    open: 'Désinstaller…',
    askTitle: 'Désinstaller Ibctminer ?',
    askText:
      'Voici tout ce que l’application a créé sur cet ordinateur. Le minage s’arrête, et ce que vous ne gardez pas est supprimé définitivement. Vos fonds sont en sécurité : ils sont dans votre portefeuille, pas dans cette application.',
    nothing: 'L’application n’a rien écrit sur cet ordinateur.',
    made: {
      settings: 'Paramètres, adresse du portefeuille et pools',
      history: 'Historique du minage',
      logs: 'Journaux',
      tuning: 'Mesures de performance',
      marker: 'Indication que le minage est en cours',
      window: 'Taille et position de la fenêtre',
      loginItem: 'Ouverture avec la session',
      browser: 'Cache de la fenêtre',
      lock: 'Indication que l’application tourne',
      update: 'Version plus récente, téléchargée',
      folder: 'Dossier de l’application',
    },
    keep: {
      settings: 'Garder les paramètres, l’adresse du portefeuille et les pools',
      history: 'Garder l’historique',
      tuning: 'Garder les mesures de performance (le mineur du terminal les utilise aussi)',
    },
    foreign: 'Pas créés par l’application, donc laissés en place : {{names}}',
    confirm: 'Arrêter le minage et supprimer',
    removing: 'Suppression…',
    doneTitle: 'Ibctminer a fait le ménage',
    partlyTitle: 'Tout n’a pas pu être supprimé',
    doneText: 'Quittez maintenant ; toute autre action en réécrirait une partie.',
    fates: {
      removed: 'Supprimé',
      kept: 'Gardé',
      atQuit: 'Disparaît quand vous quittez',
      afterQuit: 'À supprimer après avoir quitté',
      failed: 'N’a pas pu être supprimé : {{problem}}',
    },
    programTitle: 'Le programme lui-même',
    program: {
      deb: 'Le gestionnaire de paquets de votre système l’a installé. Supprimez-le avec :',
      appImage: 'C’est un seul fichier. Supprimez-le avec :',
      folder: 'C’est le dossier que vous avez décompressé. Supprimez-le avec :',
      nsis: 'Supprimez-le sous « Applications installées » dans Windows, ou avec :',
      mac: 'Mettez-le à la corbeille, ou supprimez-le avec :',
      source: 'Il tourne depuis son arborescence source. Supprimez celle-ci avec :',
    },
    hugePagesTitle: 'Huge pages',
    hugePages_one:
      '{{count}} huge page est réservée. L’application ne le fait jamais sans qu’on le lui demande. Si c’était pour le minage, annulez-le avec :',
    hugePages_many:
      '{{count}} huge pages sont réservées. L’application ne le fait jamais sans qu’on le lui demande. Si c’était pour le minage, annulez-le avec :',
    hugePages_other:
      '{{count}} huge pages sont réservées. L’application ne le fait jamais sans qu’on le lui demande. Si c’était pour le minage, annulez-le avec :',
    quit: 'Quitter',
  },
  close: {
    title: 'Fermer Ibctminer ?',
    mining:
      'Le minage peut continuer en arrière-plan, avec une icône dans la zone de notification.',
    idle: 'L’application peut rester dans la zone de notification. Elle ne mine pas en ce moment.',
    noTray:
      'Ce bureau n’a pas de zone de notification : l’application ne peut donc pas continuer en arrière-plan.',
    background: 'Continuer en arrière-plan',
    quit: 'Quitter',
    quitMining: 'Arrêter le minage et quitter',
    remember: 'Retenir mon choix',
  },
  problem: {
    internal: 'Un problème est survenu dans l’application : {{reason}}',
    poolUrlEmpty: 'Saisissez l’adresse d’un pool, par exemple pool.example.com:3333.',
    poolUrlWebPage:
      '{{scheme}}:// est une page web. Cherchez-y l’adresse du port de minage du pool, par exemple pool.example.com:3333. Pour votre propre monerod, écrivez daemon+http://host:port.',
    poolUrlScheme:
      '{{scheme}}:// n’est pas pris en charge. Écrivez host:port, stratum+tcp://host:port ou stratum+ssl://host:port.',
    poolUrlHost:
      '« {{host}} » n’est pas un nom d’hôte ni une adresse valide. Vérifiez l’orthographe.',
    poolUrlHostMissing: 'Il manque l’hôte. Écrivez host:port, par exemple pool.example.com:3333.',
    poolUrlBrackets: 'Mettez une adresse IPv6 entre crochets : [{{address}}]:3333.',
    poolUrlPort: '« {{port}} » n’est pas un port valide. Les ports sont des nombres de 1 à 65535.',
    poolUrlPortMissing: 'Il manque le port. Écrivez host:port, par exemple pool.example.com:3333.',
    poolUrlLogin:
      'Écrivez l’adresse sans identifiant : {{place}}. L’identifiant a son propre champ (--login et --pass dans le terminal).',
    connectionTimedOut:
      '{{place}} n’a pas répondu à temps. Vérifiez l’hôte, le port et votre connexion internet.',
    connectionRefused: '{{place}} a refusé la connexion. Vérifiez le port.',
    connectionFailed:
      '{{place}} n’a pas pu être joint ({{reason}}). Vérifiez l’hôte, le port et votre connexion internet.',
    hostUnreachable: '{{place}} est injoignable d’ici. Vérifiez votre connexion internet.',
    hostNotFound: '{{host}} est introuvable. Vérifiez l’orthographe.',
    nameServersSilent:
      'Le nom {{host}} n’a pas pu être résolu : aucun serveur de noms n’a répondu. Vérifiez votre connexion internet.',
    proxyUnreachable: 'Le proxy n’a pas pu être utilisé. {{why}}',
    proxyFailed:
      'Le proxy n’a pas pu joindre {{place}} ({{reason}}). Vérifiez l’adresse du pool et le journal du proxy.',
    tlsFailed: '{{place}} n’a pas répondu en TLS. Désactivez TLS, ou utilisez le port TLS du pool.',
    tlsExpected: 'C’est un port TLS. Activez TLS pour ce pool.',
    certificateNotTrusted:
      'Le certificat n’est pas fiable. {{why}} Ne vous y fiez que si vous savez que son empreinte est {{fingerprint}}, ou choisissez un autre pool.',
    certificateNotPinned:
      'Le certificat n’est pas celui que vous avez épinglé : attendu {{pinned}}, trouvé {{found}}. Quelqu’un intercepte peut-être la connexion. Si un nouveau certificat a été annoncé, épinglez celui-là.',
    certificateChanged:
      'Le certificat est passé de {{first}} à {{found}}, et aucune autorité connue ne garantit le nouveau. Quelqu’un intercepte peut-être la connexion. Si vous avez redémarré votre propre P2Pool, relancez le minage pour vous y fier.',
    certificateExpired: 'Il a expiré le {{day}}.',
    certificateNotYetValid:
      'Il n’est pas valide avant le {{day}}. Vérifiez l’horloge de cet ordinateur.',
    certificateSelfSigned: 'Il est autosigné.',
    certificateUnknownAuthority: 'Aucune autorité connue de cet ordinateur ne le garantit.',
    certificateOfAnother: 'Il a été émis pour {{names}}, pas pour {{name}}.',
    certificateUnverified: 'Il n’a pas pu être vérifié ({{reason}}).',
    loginTimedOut: 'Le pool n’a pas répondu à l’authentification en {{waitMs, duration}}.',
    loginTooLong:
      'Identifiant, mot de passe et nom du rig sont trop longs ensemble. Raccourcissez-les.',
    loginMalformed: 'Le pool a accepté l’authentification sans donner d’identifiant de session.',
    sessionIdTooLong: 'L’identifiant de session du pool est trop long pour être renvoyé.',
    loginRefused:
      'Le pool a refusé l’authentification : « {{said}} ». Vérifiez l’adresse du portefeuille et les réglages du pool.',
    loginFailed: 'Le pool a refusé l’authentification : « {{said}} ».',
    loginFailedSilently: 'Le pool a refusé l’authentification sans donner de raison.',
    poolNotReady: 'Le pool ne peut pas accepter l’authentification en ce moment : « {{said}} ».',
    banned: 'Le pool a banni cet ordinateur pour un temps : « {{said}} ».',
    sessionLost: 'Le pool a oublié cette session : « {{said}} ».',
    noJob:
      'Le pool a accepté l’authentification mais n’a envoyé aucun job en {{waitMs, duration}}.',
    noJobForLong: 'Le pool n’a envoyé aucun job depuis {{waitMs, roughly}}.',
    sharesUnanswered_one: 'Le pool n’a pas répondu au dernier share.',
    sharesUnanswered_many: 'Le pool n’a pas répondu aux {{count}} derniers shares.',
    sharesUnanswered_other: 'Le pool n’a pas répondu aux {{count}} derniers shares.',
    noShareCounts_one: 'Le dernier share n’a pas compté. {{why}}',
    noShareCounts_many: 'Aucun des {{count}} derniers shares n’a compté. {{why}}',
    noShareCounts_other: 'Aucun des {{count}} derniers shares n’a compté. {{why}}',
    sharesRefusedForNow:
      'Cinq shares de suite ont été refusés. {{why}} L’application réessaiera ce pool plus tard.',
    sharesRefused:
      'Cinq shares de suite ont été refusés. {{why}} Le minage sur ce pool s’est arrêté, car les résultats de cet ordinateur sont peut-être faux. Annulez tout overclocking, ou essayez un autre pool.',
    poolNotReading: 'Le pool ne lit plus ce qui lui est envoyé.',
    tooMuchData: 'Le pool envoie bien plus de données qu’un pool ne le devrait. Vérifiez le port.',
    lineTooLong: 'Le pool a envoyé une ligne sans fin. Vérifiez le port.',
    notStratum: 'Le pool ne parle pas le protocole Stratum. Vérifiez le port.',
    webServer: 'Ce port est celui d’un serveur web. Cherchez le port de minage du pool.',
    closed: 'Le pool a fermé la connexion.',
    closedAtOnce: 'Le pool a fermé la connexion sans répondre.',
    closedAtOnceTlsPerhaps:
      'Le pool a fermé la connexion sans répondre. Si c’est un port TLS, activez TLS pour ce pool.',
    connectionBroken: 'Le pool a coupé la connexion.',
    connectionDied: 'La connexion est morte : le pool ne répond plus.',
    connectionEnded: 'La connexion s’est interrompue ({{reason}}).',
    connectionRenewed:
      'L’ordinateur était en veille, ou son réseau a changé. Reconnexion en cours.',
    jobMalformed: 'Le pool a envoyé un job où {{member}} manque ou est incorrect. Il a été ignoré.',
    jobsMalformed: 'Le pool envoie des jobs incorrects. {{why}}',
    jobIdTooLong: 'Le pool a envoyé un job dont l’identifiant est trop long pour être renvoyé.',
    algorithmUnknown:
      'Le pool a envoyé un job pour « {{said}} », qui n’est pas l’algorithme de Monero. Choisissez un autre pool ou port.',
    algorithmNotWanted:
      'Le pool a envoyé un job pour {{algorithm}}, mais seul {{wanted}} peut être miné. Choisissez un autre pool ou port.',
    blockVersionUnknown:
      'Le pool a envoyé un bloc de version {{version}}, que cette application ne peut pas miner. Choisissez un autre pool ou port.',
    blockLayoutUnknown:
      'Le pool a envoyé un bloc de structure inconnue. Choisissez un autre pool ou port, ou cherchez une mise à jour de cette application.',
    seedHashMissing:
      'Le pool a envoyé un job RandomX sans seed hash, que personne ne peut miner. Choisissez un autre pool ou port.',
    jobGone: 'Le job de ce share appartient à une connexion précédente.',
    jobWithdrawn: 'Le pool a remplacé le job de ce share par un autre qui ne peut pas être miné.',
    difficultyRaised: 'Le pool a augmenté entre-temps la difficulté de ce job.',
    blockChanged: 'Le pool est passé à un autre bloc avant que le share ne soit trouvé.',
    shareBelowTarget:
      'Le moteur a trouvé un share qui n’atteint pas sa cible. Il n’a pas été envoyé.',
    shareNonceDiffers: 'Le nonce du share diffère de celui de son blob. Il n’a pas été envoyé.',
    shareNonceReserved:
      'Le nonce du share utilise un octet réservé au pool. Il n’a pas été envoyé.',
    shareRepeated: 'Le même share a été trouvé deux fois. Il a été envoyé une fois.',
    tooManyShares: 'Le pool demande si peu de travail par share que celui-ci n’a pas été envoyé.',
    notConnected: 'Il n’y avait pas de connexion pour envoyer le share.',
    shareUnanswered: 'Le pool n’a pas répondu à ce share en une minute.',
    shareCutOff: 'La connexion s’est interrompue avant que le pool ne réponde à ce share.',
    poolLeft: 'L’application a quitté le pool avant qu’il ne réponde à ce share.',
    shareLate: 'Le share est arrivé trop tard au pool : « {{said}} ».',
    shareRefused: 'Le pool a refusé un share : « {{said}} ».',
    shareRefusedSilently: 'Le pool a refusé un share sans donner de raison.',
    poolGivesNoWork: 'Ce pool ne donne pas de travail, mais un autre de votre liste en donne.',
    earlierPoolWorks: 'Un pool placé plus haut dans votre liste fonctionne à nouveau.',
    noPoolLeft: 'Aucun pool de la liste ne fonctionne. {{why}}',
    nodeUrlEmpty: 'Saisissez l’adresse d’un monerod, par exemple 127.0.0.1:18081.',
    nodeUrlScheme:
      'monerod n’est pas joignable par {{scheme}}://. Écrivez host:port, http://host:port ou https://host:port.',
    nodeUrlLogin:
      'L’identifiant dans cette adresse est illisible. Écrivez user:password@host:port, avec %40 pour @, %3A pour :, %2F pour / et %25 pour %.',
    nodeUrlPath: '« {{path}} » après l’adresse du nœud n’est pas un chemin valide. Retirez-le.',
    nodeUrlQuery:
      '« {{query}} » n’est pas pris en charge. Seul ?zmq=PORT, le port du --zmq-pub de monerod, peut suivre l’adresse.',
    nodeLoginNeeded:
      'Le nœud demande une authentification. Saisissez l’utilisateur et le mot de passe de son --rpc-login.',
    nodeLoginRefused: 'Le nœud a refusé l’utilisateur ou le mot de passe. Vérifiez les deux.',
    nodeLoginUnknown:
      'Le serveur devant le nœud demande un type d’authentification qui n’est pas pris en charge.',
    nodeLoginInClear:
      'Le serveur devant le nœud veut le mot de passe en clair. Utilisez TLS (https://), pour que personne ne puisse le lire.',
    nodeRefused: 'Le nœud a répondu : « {{said}} ».',
    nodeHttpStatus:
      'Le nœud a répondu avec le statut HTTP {{status}}. Vérifiez que c’est bien le port RPC de monerod, ainsi que le chemin s’il y en a un.',
    nodeNotMonerod:
      'Ce qui répond là n’est pas monerod (demande : {{asked}}). Vérifiez que c’est bien son port RPC.',
    nodeAnswerTooLong:
      'La réponse du nœud est trop longue. Vérifiez que c’est bien le port RPC de monerod.',
    nodeTimeout: 'Le nœud n’a pas répondu en {{limitMs, duration}}.',
    nodeClosed:
      '{{place}} a fermé la connexion sans répondre. Vérifiez que monerod tourne et que c’est bien son port RPC. Il veut peut-être aussi TLS (https://).',
    nodeNotHttp:
      '{{place}} ne parle pas HTTP. Vérifiez que c’est bien le port RPC de monerod. Il veut peut-être aussi TLS (https://).',
    nodeConnectionLost: 'La connexion à {{place}} a échoué ({{reason}}).',
    nodeWrongNetwork:
      'Le nœud est sur {{nodeNetwork}}, mais l’adresse du portefeuille est sur {{network}}. Utilisez un nœud de ce réseau.',
    nodeSyncing:
      'Le nœud se synchronise encore. Le minage démarrera de lui-même quand il aura fini.',
    nodeSyncingAt:
      'Le nœud se synchronise encore (bloc {{height, integer}} sur {{target, integer}}). Le minage démarrera de lui-même quand il aura fini.',
    nodeUntrusted:
      'Le nœud se synchronise encore et transmet ce que dit un autre nœud : il ne pourrait donc pas publier de bloc. Le minage démarrera de lui-même quand il aura fini.',
    nodeAddressRefused: 'Le nœud n’accepte pas cette adresse de portefeuille. Vérifiez-la.',
    nodeSubaddress:
      'Le minage en solo exige une adresse principale, qui commence par 4. Ceci est une sous-adresse.',
    nodeIntegrated:
      'Un nœud laisse de côté l’identifiant de paiement d’une adresse intégrée : personne ne saurait donc à qui revient une récompense. Le minage en solo exige une adresse principale.',
    nodeOldBlock:
      'Le nœud demande un bloc de version {{version}}, d’avant RandomX. Vérifiez que le nœud est synchronisé.',
    nodeUnknownLayout:
      'Le nœud demande un bloc de structure inconnue (version {{version}}). Cherchez une mise à jour de cette application.',
    nodeOtherAlgorithm: 'Le nœud demande {{algorithm}}, mais seul {{only}} peut être miné.',
    nodeUnproven:
      'Rien ne prouve que {{host}} est votre nœud. N’importe qui entre les deux peut distribuer du travail qui paie quelqu’un d’autre. Utilisez TLS avec un certificat auquel vous vous fiez.',
    nodeNoPublisher: '{{place}} n’est pas le serveur ZMQ de monerod.',
    nodeNotAnnouncing:
      'Le nœud n’annonce pas les nouveaux blocs : l’application l’interroge donc une fois par seconde. Vérifiez le --zmq-pub de monerod. {{reason}}',
    blockSuperseded: 'La chaîne a un bloc plus récent que celui sur lequel repose cette solution.',
    blockTemplateUsed: 'Ce bloc a déjà une solution. Une seconde ne peut pas rejoindre la chaîne.',
    blockTooEasy: 'Le hash n’atteint pas la difficulté du bloc.',
    blockOrphaned: 'Un autre bloc de même hauteur est arrivé le premier.',
    blockMissing: 'Le nœud a accepté le bloc mais ne le possède pas.',
    blockUndelivered: 'Le bloc n’a pas pu être transmis avant qu’il ne soit trop tard. {{reason}}',
    blockUnanswered: 'L’application a quitté le nœud avant qu’il ne réponde à cette solution.',
    practiceNoServer: 'Le pool d’entraînement n’a pas pu démarrer sur cet ordinateur : {{reason}}.',
    addressMissing: 'Saisissez votre adresse Monero.',
    addressOtherCoin:
      'Cela ressemble à une adresse {{coin}}. Saisissez une adresse Monero, qui commence par 4 ou 8.',
    addressIsSecret:
      'Cela ressemble à une phrase de récupération ou à une clé secrète. Ne la donnez jamais à personne : qui l’a peut prendre votre argent. Saisissez l’adresse de votre portefeuille, qui commence par 4 ou 8.',
    addressIsName:
      '« {{name}} » est un nom, pas une adresse. L’application ne résout pas les noms. Saisissez l’adresse Monero elle-même, que votre portefeuille affiche.',
    addressWithMail:
      'C’est une adresse suivie d’un nom de worker ou d’une adresse e-mail. Saisissez l’adresse seule. Si le pool en veut davantage dans son identifiant, utilisez le champ d’identifiant (--login dans le terminal).',
    addressGap_one:
      'Il y a une espace ou un saut de ligne après le premier caractère. Copiez à nouveau l’adresse d’un seul tenant.',
    addressGap_many:
      'Il y a une espace ou un saut de ligne après le caractère {{count}}. Copiez à nouveau l’adresse d’un seul tenant.',
    addressGap_other:
      'Il y a une espace ou un saut de ligne après le caractère {{count}}. Copiez à nouveau l’adresse d’un seul tenant.',
    addressForeign:
      'Le caractère {{position}} est faux : « {{character}} » ne figure jamais dans une adresse Monero. Copiez à nouveau l’adresse.',
    addressInvisible:
      'Le caractère {{position}} est invisible ({{character}}) et n’a pas sa place dans une adresse. Copiez à nouveau l’adresse, sans rien autour.',
    addressTooShort_one:
      'Il manque un caractère : une adresse en a 95. Copiez à nouveau toute l’adresse.',
    addressTooShort_many:
      'C’est trop court pour une adresse Monero : il manque {{count}} caractères sur 95. Copiez à nouveau toute l’adresse.',
    addressTooShort_other:
      'C’est trop court pour une adresse Monero : il manque {{count}} caractères sur 95. Copiez à nouveau toute l’adresse.',
    addressOneTooMany:
      'Un caractère de trop : une adresse en a 95. Copiez à nouveau toute l’adresse.',
    addressTooLong:
      'Ceci a {{length}} caractères. Une adresse Monero en a 95, une intégrée 106. Copiez à nouveau toute l’adresse.',
    addressWrongCharacter:
      'Un caractère est faux : celui en position {{position}}. Copiez à nouveau l’adresse depuis votre portefeuille.',
    addressSwapped:
      'Deux caractères voisins sont inversés : positions {{first}} et {{second}}. Copiez à nouveau l’adresse depuis votre portefeuille.',
    addressChecksum:
      'Certains caractères de cette adresse sont faux : sa somme de contrôle ne correspond pas. Copiez à nouveau l’adresse depuis votre portefeuille.',
    addressUnknownKind:
      'Ce n’est pas une adresse Monero, bien que sa somme de contrôle soit juste. Copiez à nouveau l’adresse depuis votre portefeuille.',
    addressTestNetwork:
      'C’est une adresse {{network}}, qui ne contient pas d’argent réel. Saisissez une adresse du réseau principal de Monero.',
    addressWrongNetwork: 'C’est une adresse {{network}}. Saisissez une adresse {{wanted}}.',
    addressLinkOfWallet:
      'Ce lien contient les clés d’un portefeuille. Ne le collez jamais nulle part. Saisissez l’adresse seule, qui commence par 4 ou 8.',
    addressLinkMalformed:
      'Ce lien de paiement est illisible. Saisissez l’adresse seule, qui commence par 4 ou 8.',
    addressLinkPaymentId:
      'Ce lien de paiement a un identifiant de paiement, que le minage ne peut pas transmettre : vos récompenses pourraient se perdre. Utilisez l’adresse d’un portefeuille à vous.',
    pictureUnreadable: 'L’image n’a pas pu être lue : {{reason}}. Choisissez-en une autre.',
    pictureTooLarge:
      'Cette image est trop grande : la limite est de 10 MB et 40 mégapixels. Recadrez-la sur le QR code, puis réessayez.',
    pictureUnknown:
      'Ce n’est pas une image PNG ou JPEG, ou elle est endommagée. Enregistrez le QR code dans l’un de ces formats, puis réessayez.',
    pictureWithoutQr:
      'Aucun QR code trouvé dans cette image. Recadrez-la sur le QR code, ou collez l’adresse.',
    walletRig:
      'Le nom du rig après le point peut avoir de 1 à 31 lettres, chiffres, « - » et « _ ».',
    walletDifficulty:
      'Après le « + », écrivez la difficulté des shares en nombre entier, par exemple ADRESSE+10000.',
    engineMissing:
      'Le moteur de minage manque. Réinstallez l’application ou, dans le dépôt, exécutez « npm run set-up ».',
    engineChanged:
      'Le moteur de minage a été modifié après sa compilation : il n’a donc pas été chargé. Réinstallez l’application ou, dans le dépôt, exécutez « npm run set-up ».',
    engineOutOfMemory:
      'Pas assez de mémoire libre. Il faut environ 256 MiB au mode léger, environ 2,3 GiB au mode rapide. Fermez d’autres programmes, puis redémarrez.',
    enginePagesUnavailable:
      'Le système a trop peu de pages mémoire de la taille demandée. Choisissez « auto ».',
    engineSelfTestFailed:
      'Le moteur a calculé un hash faux pendant son autotest : il ne mine donc pas. Signalez-le avec votre modèle de CPU.',
    engineThreadRefused: 'Le système a refusé un thread de plus. Choisissez moins de threads.',
    engineCpuUnsupported: 'Il manque à ce CPU un jeu d’instructions dont le moteur a besoin.',
    engineAlgorithmUnknown:
      'Cette version du moteur ne connaît pas l’algorithme. Mettez l’application à jour.',
    engineFault: 'Le moteur de minage a échoué : {{reason}}',
    engineWarning: 'Le moteur de minage continue, mais signale : {{reason}}',
    fastModeNeedsMemory:
      'Il faut au mode rapide environ 2,3 GiB de mémoire libre, plus que cet ordinateur n’en a maintenant. Le minage continue en mode léger, plusieurs fois plus lent.',
    fastPathWrong:
      'L’une des méthodes de calcul rapides a donné un hash faux pendant l’autotest et n’est pas utilisée. Signalez-le avec votre modèle de CPU.',
    generatedCodeForbidden:
      'Le système interdit le code généré : l’interpréteur, bien plus lent, est donc utilisé. Autorisez cette application à exécuter du code généré dans votre logiciel de sécurité.',
    wrongShare:
      'Un share s’est révélé faux lorsqu’il a été recalculé : il n’a donc pas été envoyé. Le CPU ou la mémoire est instable : annulez tout overclocking et vérifiez la température.',
    shareUnchecked:
      'Un share a été trouvé, mais il n’y avait pas assez de mémoire libre pour le vérifier : il n’a donc pas été envoyé. Fermez d’autres programmes.',
    keyWaits:
      'Il n’y a pas assez de mémoire libre pour la nouvelle clé du réseau. Le minage reprendra de lui-même dès qu’environ 256 MiB seront libres. Fermez d’autres programmes.',
    fewerThreads:
      'Le système a refusé une partie des threads ou leur mémoire. Le minage continue avec les autres.',
    uncleanExit:
      'Pas de démarrage automatique : la dernière fois, Ibctminer ne s’est pas terminé correctement. Appuyez sur Démarrer pour miner.',
    noPlan: 'Il n’y a encore rien sur quoi miner. Choisissez d’abord un pool ou l’entraînement.',
    noJobYet: 'Identifié, en attente du premier job.',
    noncesExhausted: 'Tous les nonces de ce job ont été essayés. En attente du prochain job.',
    stalled:
      'Les threads de calcul n’ont terminé aucun hash depuis 10 secondes. L’ordinateur est peut-être très occupé, ou il était en veille.',
    answerNotAwaited: 'Le minage s’est arrêté avant la réponse à ce share.',
    consentMissing: 'Acceptez d’abord de miner sur cet ordinateur.',
    noPool: 'Choisissez d’abord un pool ou l’entraînement.',
    noWallet: 'Saisissez d’abord l’adresse Monero pour vos récompenses.',
    measuring: 'Une mesure de cet ordinateur est en cours. Attendez la fin, ou annulez-la.',
    notStarted: 'Le minage n’a pas pu démarrer. Appuyez à nouveau sur Démarrer.',
    quitting: 'Ibctminer est sur le point de se fermer. Rouvrez-le pour miner.',
    miningNow: 'Arrêtez d’abord le minage. Il fausserait la mesure.',
    oldConsent: 'Le texte a changé. Relisez-le avant d’accepter.',
    noTrial: 'La pleine puissance est déjà terminée. Essayez-la à nouveau pour la garder.',
    noPermission: 'permission refusée',
    diskReadOnly: 'le disque est en lecture seule',
    diskFull: 'le disque est plein',
    fileTooLarge: 'le fichier est bien trop gros',
    notAFile: 'ce n’est pas un fichier',
    systemSaid: 'le système indique {{said}}',
    notJson: 'la ligne {{line}}, colonne {{column}}, n’est pas du JSON valide',
    settingsWrong: '« {{where}} » est incorrect',
    notSettings: 'le fichier ne contient pas de paramètres',
    settingsFromNewer: 'ils ont été écrits par une version plus récente de cette application',
    settingsSetAside:
      'Vos paramètres n’ont pas pu être lus : {{fault}}. L’application a démarré avec de nouveaux paramètres et a gardé l’ancien fichier sous le nom {{aside}}.',
    settingsUnusable:
      'Vos paramètres dans {{file}} n’ont pas pu être lus : {{reason}}. L’application a démarré avec de nouveaux paramètres et ne touche pas à ce fichier : vos modifications ne durent donc que jusqu’à ce que vous quittiez. Corrigez le fichier ou ses permissions, puis relancez l’application.',
    settingsNotKept:
      'Vos modifications des paramètres ne durent que jusqu’à ce que vous quittiez : impossible d’écrire dans {{folder}} ({{reason}}).',
    settingsUnwritable:
      'Les paramètres n’ont pas pu être enregistrés dans {{file}} : {{reason}}. Vérifiez l’espace libre et les permissions, puis réessayez.',
    tuningUnwritable:
      'La mesure n’a pas pu être enregistrée dans {{file}} : {{reason}}. Vérifiez l’espace libre et les permissions, puis mesurez à nouveau.',
    historyUnwritable:
      'L’historique n’a pas pu être enregistré dans {{folder}} : {{reason}}. Le minage continue, et jusqu’à un jour d’historique reste en mémoire jusqu’à ce qu’il puisse être enregistré.',
    historyUndeletable:
      'L’historique dans {{folder}} n’a pas pu être effacé : {{reason}}. Vérifiez les permissions de ses fichiers, puis réessayez.',
    exportUnwritable:
      'L’historique n’a pas pu être exporté vers {{file}} : {{reason}}. Choisissez un autre dossier, ou faites de la place.',
    logUnwritable:
      'Le journal n’a pas pu être enregistré dans {{folder}} : {{reason}}. Le minage continue, et les dernières lignes restent en mémoire.',
    logUnexportable:
      'Le journal n’a pas pu être exporté vers {{file}} : {{reason}}. Choisissez un autre dossier, ou faites de la place.',
    folderUnopenable: 'Le dossier {{folder}} n’a pas pu être ouvert : {{said}}.',
    historyDamaged:
      'Une partie de l’historique dans {{file}} n’a pas pu être lue et a été laissée de côté. Le reste est intact.',
    addressReplaced:
      'Quelqu’un d’autre a changé l’adresse du portefeuille dans le fichier des paramètres. Le minage continue pour l’adresse que vous avez confirmée.',
    markerUnwritable:
      '{{file}} n’a pas pu être écrit ({{reason}}). Si l’application plante en minant, elle ne le saura pas au prochain lancement.',
    markerUnremovable:
      '{{file}} n’a pas pu être supprimé ({{reason}}). Au prochain lancement, l’application croira avoir planté.',
    badInput:
      'La fenêtre a demandé quelque chose que l’application ne connaît pas ({{channel}} : {{reason}}).',
    untrustedSender: 'Cette page n’a pas le droit de commander Ibctminer.',
    placeIsOfNode: 'C’est l’adresse d’un nœud. Choisissez « Mon propre nœud » pour miner avec lui.',
    placeIsOfPool: 'C’est l’adresse d’un pool, pas d’un nœud.',
    loginItemUnwritable:
      'L’ouverture avec la session n’a pas pu être modifiée ({{reason}}). Changez-la dans les paramètres de votre système.',
    optionUnknown: '« {{option}} » n’est pas une option. Voir --help.',
    optionTakesNoValue: '--{{name}} ne prend pas de valeur.',
    optionNeedsValue: '--{{name}} exige une valeur : --{{name}} {{value}}.',
    optionTwice: '--{{name}} a été donné deux fois. Donnez-le une seule fois.',
    optionInvalid: '--{{name}} : {{reason}}',
    optionNotWith: '--{{name}} ne va pas avec --{{other}}. Retirez-le.',
    optionNotWithFile:
      'Le fichier nomme ses pools et leurs identifiants : --{{name}} ne va donc pas avec lui. Donnez aussi --pool, ou modifiez le fichier.',
    placeMissing: 'Dites où miner : --pool HOST:PORT, --daemon URL ou --practice (voir --help).',
    placesTooMany: 'Choisissez soit --{{one}}, soit --{{other}}.',
    nodeLoginInUrl:
      'Un nœud prend son identifiant dans l’URL, pas de --{{name}} : --daemon http://USER:PASSWORD@HOST:PORT.',
    poolIsNode: '--pool : « {{url}} » est l’adresse d’un monerod. Utilisez plutôt --daemon.',
    walletMissingForNode:
      'Miner avec un monerod exige --wallet ADRESSE, qui reçoit les récompenses.',
    walletMissingForPool: 'Miner sur un pool exige --wallet ADRESSE (ou --login TEXTE).',
    walletAndLogin: 'Donnez --wallet ou --login, pas les deux.',
    nodeNeedsPrimaryAddress:
      '--wallet : miner avec un monerod exige une adresse principale et rien d’autre. Elle commence par 4 et compte 95 caractères.',
    fingerprintInvalid:
      '--tls-fingerprint prend le SHA-256 d’un certificat : 64 chiffres hexadécimaux.',
    algorithmNeedsPool: '--algo {{algorithm}} exige un --pool qui a ce genre de travail.',
    threadsInvalid:
      '--threads prend un nombre de 1 à {{most}} sur cet ordinateur, pas « {{given}} ».',
    choiceInvalid: '--{{name}} prend une valeur parmi {{choices}}, pas « {{given}} ».',
    durationInvalid:
      '--duration prend des secondes, plus de 0 et au plus {{most}}, pas « {{given}} ».',
    tuneNotWith: '--tune mesure et ne mine pas : il ne va donc pas avec --{{name}}.',
    apiTokenAlone: '--api-token sert à l’API HTTP. Donnez-lui aussi un port : --api-port N.',
    apiPortInvalid: '--api-port prend un nombre de 1 à 65535, pas « {{given}} ».',
    apiTokenInvalid:
      'L’API HTTP exige --api-token TEXTE : {{least}} caractères ASCII ou plus, sans espaces, que ses lecteurs doivent envoyer.',
    configTooLong: 'Le fichier « {{file}} » est trop gros pour être une liste d’options.',
    configUnreadable: 'Le fichier « {{file}} » n’a pas pu être lu : {{reason}}',
    configNotJson:
      'Le fichier « {{file}} » n’est pas du JSON valide (ligne {{line}}, colonne {{column}}). Écrivez par exemple {"practice": true}.',
    configNotAnObject:
      'Le fichier « {{file}} » doit contenir un seul objet, par exemple {"practice": true}, ou être le config.json de XMRig.',
    configUnknownOption:
      'Dans « {{file}} », « {{name}} » n’est pas une option. Utilisez les noms de --help.',
    configNoFlag: 'Dans « {{file}} », « {{name}} » doit valoir true ou false.',
    configNoText: 'Dans « {{file}} », « {{name}} » doit être un texte comme {{wanted}}.',
    fileMissing: 'ce fichier n’existe pas.',
    fileForbidden: 'vous n’avez pas le droit de le lire.',
    fileIsFolder: 'c’est un dossier.',
    fileFault: 'le système indique {{code}}.',
    xmrigNoPool: 'Le fichier de XMRig n’a aucun pool activé.',
    xmrigNoUrl: 'il n’a pas d’adresse.',
    xmrigPoolSkipped: 'Le pool « {{pool}} » du fichier de XMRig est laissé de côté : {{reason}}',
    xmrigNotOurs: '« {{what}} » ne peut pas être miné ici.',
    xmrigSelfSelect:
      'le minage de vos propres modèles de bloc (self-select) n’est pas pris en charge.',
    xmrigPrivateKey:
      'Le fichier de XMRig contient une clé privée (spend-secret-key). Ibctminer n’en lit jamais. Supprimez-la du fichier, puis réessayez.',
    xmrigCpuOff:
      'Le fichier de XMRig désactive le minage sur CPU, et Ibctminer ne mine sur rien d’autre.',
    xmrigIgnored: 'Ces réglages du fichier de XMRig sont sans effet ici : {{names}}.',
    xmrigDonation: 'Le niveau de don de XMRig est sans effet : il n’y a ni don ni frais.',
    xmrigPriority:
      'Ici, les threads de calcul ont toujours la priorité la plus basse, quoi que dise le fichier de XMRig.',
    xmrigMsr:
      'Ibctminer ne modifie jamais les registres du CPU (wrmsr). XMRig le fait quand il est lancé en root, et y gagne quelques pour cent.',
    xmrigGpu: 'Ibctminer ne mine que sur le CPU. OpenCL et CUDA sont laissés de côté.',
    xmrigPauses:
      'La pause sur batterie ou pendant l’utilisation de l’ordinateur est une fonction de l’application de bureau.',
    xmrigApiNotLocal:
      'L’API HTTP du fichier de XMRig écoute sur {{host}}. Ici, elle ne répond qu’à cet ordinateur : elle reste donc désactivée. Utilisez --api-port.',
    xmrigApiToken:
      'L’API HTTP du fichier de XMRig n’a pas de jeton d’accès de {{least}} caractères ou plus : elle reste donc désactivée. Utilisez --api-port et --api-token.',
    xmrigApiReadOnly: 'Ici, l’API HTTP est en lecture seule.',
    apiPortTaken: 'Le port {{port}} est déjà utilisé. Choisissez-en un autre pour l’API HTTP.',
    apiCannotListen:
      'L’API HTTP n’a pas pu écouter sur le port {{port}} ({{reason}}). Choisissez-en un autre.',
    releaseKeyNone:
      'Cette version compilée n’a pas de clé de publication : elle ne peut donc pas dire ce qui est authentique.',
    signatureUnreadable:
      'La signature est illisible : rien de ce qu’elle couvre n’est donc tenu pour fiable.',
    signatureForeign:
      'Le fichier n’a pas été signé avec une clé d’Ibctminer : il n’est donc pas tenu pour fiable.',
    signatureWrong:
      'La signature ne correspond pas : le fichier a été modifié après avoir été signé.',
    releaseUnreadable: 'Ce que le serveur dit de la version la plus récente est illisible.',
    fileListForeign: 'La liste des fichiers est signée, mais ce n’est pas celle de cette version.',
    comparingNeedsMemory:
      'La comparaison exige 5 GiB de mémoire libre, pour deux datasets ; {{bytes, gibibytes}} sont libres. Fermez d’autres programmes et réessayez.',
    commandFailed: 'La commande a échoué : {{said}}',
    commandGone: 'Cette commande ne convient plus à cet ordinateur. Vérifiez à nouveau.',
    promptOpen: 'La demande du système est déjà ouverte. Répondez-y d’abord.',
    comparingEnded: 'La mesure a été interrompue avant la fin.',
    tariffUnreadable: '{{file}} n’a pas pu être lu : {{reason}}. Choisissez un autre fichier.',
    tariffColumns:
      'La ligne {{line}} devrait contenir une heure et un prix, par exemple 07:00;0,25, mais c’est « {{text}} ». Rien n’a été repris du fichier.',
    tariffHour:
      'Ligne {{line}} : « {{text}} » n’est pas une heure entière de 0 à 23, comme 7 ou 07:00. Rien n’a été repris du fichier.',
    tariffPrice:
      'Ligne {{line}} : « {{text}} » n’est pas un prix, comme 0.25 ou 0,25. Rien n’a été repris du fichier.',
    tariffTwice:
      'La ligne {{line}} donne un second prix à l’heure {{hour}}. Ne gardez que les 24 heures d’une seule journée. Rien n’a été repris du fichier.',
    tariffMissing:
      'Le fichier n’a pas de prix pour ces heures : {{hours}}. Il devrait contenir les 24 heures d’une journée. Rien n’en a été repris.',
    poolApiFailed: '{{host}} n’a pas pu être interrogé sur votre solde. {{why}}',
    poolApiStatus: 'Le serveur a répondu avec le statut HTTP {{status}}. Réessayez plus tard.',
    poolApiRedirects:
      'Le serveur a renvoyé l’application vers un autre serveur, ce qu’elle ne suit pas. L’API web du pool a peut-être déménagé.',
    poolApiTooLong: 'Sa réponse dépasse {{size}} octets : elle n’a donc pas été lue.',
    poolApiSilent: 'Le serveur n’a pas terminé sa réponse en {{seconds}} s. Réessayez plus tard.',
    poolApiBroken: 'La connexion a été coupée ({{reason}}). Réessayez plus tard.',
    poolApiStrange:
      'Sa réponse n’est pas celle que cette application attend. L’API web du pool a peut-être changé.',
    poolApiNoAddress:
      'Le pool ne connaît pas encore votre adresse. Il la connaîtra après votre premier share là-bas.',
    releaseServer:
      'Le serveur de mises à jour {{host}} n’a pas pu être interrogé ({{reason}}). Réessayez plus tard.',
    updateChanged:
      'Ce qui a été téléchargé n’est pas ce qui a été signé, et a donc été supprimé. Réessayez ; si cela n’aide pas, voyez la page de téléchargement.',
    updateNotHere: 'Il n’y a encore rien à installer. Téléchargez d’abord la version plus récente.',
    updateAwaitsBlock: 'Un bloc est en route vers votre nœud. Installez quand il sera arrivé.',
    updateNotOpened: 'Le système n’a pas pu ouvrir {{file}} ({{said}}).',
  },
  why: {
    needsConsent: 'Pas de minage : vous n’avez pas encore accepté de miner sur cet ordinateur.',
    notStartedYet: 'Pas encore de minage : il commence quand vous appuyez sur Démarrer.',
    stoppedByUser: 'Arrêté par vous.',
    over: 'Arrêté : cette exécution est terminée.',
    quitting:
      'L’application se fermera dès que votre nœud aura pris le bloc que vous avez trouvé. Quittez à nouveau pour y renoncer.',
    connecting: 'Connexion au pool ou au nœud.',
    preparing: 'Préparation du premier hash.',
    building: {
      only: 'Création du dataset, {{progress, percent}}.',
      mining: 'Création du dataset, {{progress, percent}}. D’ici là, minage en mode léger.',
      practising:
        'Création du dataset, {{progress, percent}}. D’ici là, entraînement en mode léger, qui ne rapporte rien.',
    },
    mining: {
      fast: 'Minage en mode rapide.',
      light: 'Minage en mode léger.',
    },
    practising: {
      fast: 'Entraînement en mode rapide, qui ne rapporte rien.',
      light: 'Entraînement en mode léger, qui ne rapporte rien.',
    },
    paused: 'En pause : {{reasons}}.',
    pausedFor: 'En pause : {{reason}}, encore {{remainingMs, duration}} (jusqu’à {{end}}).',
    held: {
      heat_one: 'Limité à {{count}} thread pour rester au frais.',
      heat_many: 'Limité à {{count}} threads pour rester au frais.',
      heat_other: 'Limité à {{count}} threads pour rester au frais.',
      watts_one: 'Limité à {{count}} thread pour économiser l’énergie.',
      watts_many: 'Limité à {{count}} threads pour économiser l’énergie.',
      watts_other: 'Limité à {{count}} threads pour économiser l’énergie.',
    },
    notScheduledYet: 'En attente jusqu’à {{end}}, selon votre planning.',
    neverScheduled: 'Pas de minage : votre planning n’a aucune heure.',
    reasonUntil: '{{reason}} jusqu’à {{end}}',
    pausedBecause: {
      user: 'par vous',
      snooze: 'pour un temps',
      battery: 'sur batterie',
      inUse: 'vous utilisez l’ordinateur',
      schedule: 'hors des heures prévues',
      heat: 'le CPU est trop chaud',
      fullScreen: 'un programme est en plein écran',
      metered: 'la connexion internet est facturée au volume',
      listedProcess: 'un programme de votre liste tourne',
    },
    goesOn: {
      user: 'Appuyez sur « Reprendre » pour continuer.',
      battery: 'Reprend sur secteur.',
      inUse: 'Reprend quand vous laissez l’ordinateur au repos.',
      heat: 'Reprend quand il a refroidi.',
      fullScreen: 'Reprend quand vous quittez le plein écran.',
      metered: 'Reprend avec une autre connexion.',
      listedProcess: 'Reprend quand il est fermé.',
    },
    retrying: 'Nouvel essai dans {{retryInMs, duration}} : {{problem}}',
  },
  log: {
    connected: 'Connecté à {{place}}.',
    connectedEncrypted: 'Connecté à {{place}} en TLS.',
    connectedByTls: 'Connecté à {{place}} en TLS. SHA-256 du certificat : {{fingerprint}}.',
    connectedPractice: 'Connecté au pool d’entraînement, qui ne rapporte rien.',
    loggedIn: 'Identifié.',
    job: 'Nouveau job : {{algorithm}}, difficulté {{difficulty, integer}}.',
    jobAtHeight:
      'Nouveau job : {{algorithm}}, difficulté {{difficulty, integer}}, hauteur {{height}}.',
    jobRefused: 'Job refusé. {{problem}}',
    shareAccepted: 'Share accepté (difficulté {{difficulty, integer}}, {{ms}} ms).',
    shareRejected: 'Share rejeté. {{problem}}',
    shareStale: 'Share périmé. {{problem}}',
    disconnected: '{{problem}} Nouvel essai dans {{retryInMs, duration}}.',
    givenUp: 'Abandon. {{problem}}',
    problem: '{{problem}}',
    notStartedAfterStop:
      'Pas de démarrage automatique : vous avez arrêté le minage la dernière fois.',
    notStartedAfterCrash:
      'Pas de démarrage automatique : la dernière fois, Ibctminer ne s’est pas terminé correctement.',
    stoppedByFault: 'Le minage a été arrêté par une erreur interne : {{reason}}',
    newVersion:
      'La version {{version}} est disponible. Les paramètres indiquent comment l’installer.',
    fullPowerNotKept: 'La pleine puissance n’a pas été gardée. Retour au réglage précédent.',
  },
  tray: {
    start: 'Démarrer',
    stop: 'Arrêter',
    power: 'Puissance',
    profile: {
      quiet: 'Discret',
      balanced: 'Équilibré',
      full: 'Pleine',
    },
    shares: 'Shares : {{accepted}} acceptés, {{rejected}} rejetés, {{stale}} périmés',
    open: 'Ouvrir Ibctminer',
    settings: 'Paramètres…',
    quitMining: 'Quitter (arrête le minage)',
  },
  notification: {
    hidden:
      'Ibctminer continue dans la zone de notification. Son menu permet d’arrêter le minage ou de quitter.',
    blockUnderWay:
      'Vous avez trouvé un bloc. Ibctminer se fermera dès que votre nœud l’aura pris, d’ici deux minutes. Quittez à nouveau pour le fermer tout de suite.',
    goesOn: 'Le minage reprend.',
    poolDown: '{{host}} n’a donné aucun travail depuis 2 minutes.',
    poolDownBecause: '{{host}} n’a donné aucun travail depuis 2 minutes : {{why}}',
    poolBack: '{{host}} est de retour.',
    noShares:
      'Aucun share depuis {{times}} fois le temps prévu. Ouvrez Historique pour en savoir plus.',
    rejects: 'Le pool rejette {{part, percent}} de vos shares.',
  },
  dialog: {
    quitStops: 'Quitter arrête le minage',
    quitStopsDetail:
      'Plus aucun share n’est trouvé avant que vous n’ouvriez Ibctminer et ne redémarriez le minage.',
    noSandbox: 'Ibctminer ne tourne pas sans son bac à sable',
    noSandboxDetail:
      'Il a été lancé avec --no-sandbox, qui laisserait une faille dans la fenêtre atteindre vos fichiers. Lancez-le sans cette option ; là où votre système interdit le bac à sable, installez le paquet Debian, qui apporte la permission nécessaire.',
    pictures: 'Images',
    tables: 'Tableaux (CSV)',
    pageFails: 'La fenêtre plante sans cesse',
    pageFailsDetail: 'Le minage n’est pas touché. Réessayez, ou quittez et arrêtez le minage.',
  },
  terminal: {
    what: 'Miner du Monero avec votre propre CPU, dans le terminal.',
    options: '[options]',
    exit: 'Ctrl+C arrête. Code de sortie : 0 après un arrêt, 2 pour un mauvais usage, 1 pour un échec qui met fin au minage.',
    option: {
      pool: 'miner sur ce pool ; à répéter pour ajouter des pools de secours',
      daemon: 'miner en solo avec un monerod : http://127.0.0.1:18081[/?zmq=PORT]',
      practice: 'miner sur le pool d’entraînement intégré : vrai travail, aucun gain',
      wallet: 'votre adresse Monero, ou encore ADRESSE+DIFF ou ADRESSE.RIG',
      login: 'envoyé au pool exactement comme saisi, à la place de --wallet',
      pass: 'mot de passe pour le pool (par défaut : x)',
      tls: 'utiliser TLS ; le premier certificat est affiché et épinglé pour cette exécution',
      'tls-fingerprint': 'SHA-256 du seul certificat à accepter',
      'rig-id': 'nom de cet ordinateur, affiché par le pool',
      socks5: 'joindre le pool par ce proxy',
      threads: 'nombre de threads de calcul',
      mode: 'fast demande 2,3 GiB de mémoire, light 256 MiB',
      algo: 'n’accepter que les jobs de cet algorithme',
      'api-port': 'API HTTP en lecture seule sur 127.0.0.1, pour tableaux de bord',
      'api-token': 'ce que les lecteurs de l’API doivent envoyer ; 8 caractères ou plus',
      inspect: 'afficher chaque message du pool et vers le pool, sans votre adresse',
      tune: 'mesurer cet ordinateur pendant une minute environ et garder les réglages les plus rapides ; ne mine pas',
      'no-learning': 'ne pas essayer d’autres réglages (threads, hashs en parallèle) en minant',
      config:
        'lire les options dans un fichier JSON, nommées comme ici, ou dans le config.json de XMRig',
      duration: 'arrêter après ce nombre de secondes',
      json: 'écrire un objet JSON par ligne',
      help: 'afficher cette aide',
      version: 'afficher la version',
    },
    demonstration:
      'Démonstration : {{shares}} shares sur le pool d’entraînement de ce programme. Elle ne rapporte rien. Ctrl+C l’arrête.',
    status:
      '{{h10s}} 10 s · {{h60s}} 60 s · {{h15m}} 15 min · {{accepted}} acceptés, {{rejected}} rejetés, {{stale}} périmés',
    dataset: 'dataset {{progress, percent}}',
    practicePool: 'pool d’entraînement',
    api: 'API HTTP pour tableaux de bord : {{url}}/2/summary et {{url}}/metrics',
    ended:
      'Terminé après {{ms, duration}} : {{accepted}} acceptés, {{rejected}} rejetés, {{stale}} périmés, {{hashes, integer}} hashs.',
    tuneBegins:
      'Mesure de cet ordinateur pendant une minute environ. Rien n’est envoyé à personne.',
    tunePoint: '{{threads}}, {{sideBySide}} : {{rate, hashrate}}',
    tuneKept: 'Retenu pour {{algorithm}} en mode {{mode}} : {{best}}',
    forReal:
      'Pour miner pour de vrai, sur un ordinateur qui vous appartient ou que vous avez le droit d’utiliser ainsi :',
    forRealAlone: 'Ou en solo avec votre propre monerod :',
    allOptions: 'Toutes les options :',
  },
};
