import type { Catalogue } from './catalogues.ts';

/** فصحى موجزة، والخطاب بالمفرد، والأزرار بالمصدر. pool: مجمّع؛ share: حصة؛ stale: متأخرة؛ hash: هاش؛ thread: خيط؛ huge pages: الصفحات الضخمة؛ dataset: مجموعة البيانات؛ history: المحفوظات؛ logs: السجل؛ seed phrase: عبارة الاسترداد. علامة \u200e (LRM) يحفظ اتجاه ما يُكتب باللاتينية والأرقام. */
export const ar: Catalogue = {
  app: {
    name: 'Ibctminer',
    what: 'يعدّن Monero بمعالج حاسوبك',
    title: 'Ibctminer · {{screen}}',
    loading: 'جارٍ البدء…',
    noBridgeTitle: 'مكان هذه الصفحة داخل التطبيق',
    noBridge: 'افتح تطبيق Ibctminer. لا تجد هذه الصفحة في المتصفح ما تتواصل معه.',
    failedTitle: 'تعذّر تحميل التطبيق',
    retry: 'إعادة المحاولة',
    silentTitle: 'نواة التعدين لا تستجيب',
    silent:
      'مضى على الأرقام أدناه \u200e{{ago}}\u200e. إن لم يُحَل الأمر من تلقاء نفسه فأنهِ التطبيق وافتحه من جديد. الإنهاء يوقف التعدين.',
    practice: 'تدريب',
    practiceBanner: 'تدريب: الهاشات حقيقية، لكن لا شيء يغادر هذا الحاسوب ولا تكسب شيئًا.',
    addressChanged:
      'غيّر أحدهم عنوان المحفظة في ملف الإعدادات إلى \u200e{{found}}\u200e. ما زال التطبيق يستخدم العنوان الذي أكّدته: \u200e{{confirmed}}\u200e.',
    addressNone: 'لا عنوان',
    addressKeep: 'الإبقاء على العنوان المؤكَّد',
    addressUse: 'استخدام العنوان الآخر',
    dismiss: 'تجاهل',
    skipToContent: 'الانتقال إلى المحتوى',
  },
  nav: {
    label: 'الرئيسية',
    dashboard: 'اللوحة',
    history: 'المحفوظات',
    pools: 'المجمّعات',
    settings: 'الإعدادات',
    logs: 'السجل',
    health: 'التشخيص',
    about: 'حول',
  },
  commands: {
    title: 'الأوامر',
    search: 'البحث في الأوامر',
    none: 'لا يوجد أمر كهذا.',
    mining: 'التعدين',
    screens: 'الانتقال إلى',
    settings: 'الإعدادات: {{section}}',
    pause15: 'إيقاف مؤقت لمدة 15 دقيقة',
    pause60: 'إيقاف مؤقت لمدة ساعة',
    pause240: 'إيقاف مؤقت لمدة 4 ساعات',
    pauseOpen: 'إيقاف مؤقت حتى أستأنف',
    themeSystem: 'استخدام سمة النظام',
    themeLight: 'استخدام السمة الفاتحة',
    themeDark: 'استخدام السمة الداكنة',
    control: 'Ctrl',
  },
  tour: {
    title: 'جولة في اللوحة',
    show: 'عرض جولة اللوحة',
    progress: '{{step}} من {{count}}',
    next: 'التالي',
    done: 'تم',
    never: 'عدم العرض مجددًا',
    steps: {
      state:
        'هنا في الأعلى يذكر التطبيق دائمًا هل يعدّن أم لا، ولماذا. وبجانبه «بدء» و«إيقاف»، ومفعولهما فوري.',
      hashrate:
        'كم هاشًا يجرّب هذا الحاسوب كل ثانية. يتذبذب العدد قليلًا، لذا فإن متوسط دقيقة ومتوسط ربع ساعة أدلّ منه.',
      shares:
        'الحصة هاش جيد بما يكفي لعرضه على المجمّع، وهو يدفع مقابل كل حصة يقبلها. لا يُدفع مقابل الحصص المرفوضة والمتأخرة؛ ووجود قليل من المتأخرة أمر عادي.',
      pool: 'من أين يأتي العمل ولمن يُدفع. تبيّن الصعوبة مدى ندرة الحصة، ويبيّن زمن الرد مدى سرعة جواب المجمّع.',
      money: 'ما يجلبه التعدين وما يكلّفه هنا، تقديرًا. أدخل أسعارك لترى هل هو مُجدٍ.',
      machine:
        'ما يفعله كل خيط، وأي نوع من الذاكرة حصل عليه التعدين. يعرض «التشخيص» كيف تجعله أسرع.',
    },
  },
  state: {
    label: 'حالة التعدين',
    needsConsent: 'غير مُعدّ',
    stopped: 'متوقف',
    connecting: 'جارٍ الاتصال',
    preparing: 'بناء مجموعة البيانات',
    preparingLight: 'تعدين في الوضع الخفيف',
    mining: 'جارٍ التعدين',
    paused: 'متوقف مؤقتًا',
    waiting: 'في الانتظار',
    failed: 'أوقفته مشكلة',
    unknown: 'في انتظار نواة التعدين',
  },
  control: {
    start: 'بدء التعدين',
    stop: 'إيقاف التعدين',
    pause: 'إيقاف مؤقت',
    pause15: '15 دقيقة',
    pause60: 'ساعة واحدة',
    pause240: '4 ساعات',
    pauseOpen: 'حتى أستأنف',
    resume: 'استئناف',
    cancel: 'إلغاء',
    back: 'رجوع',
    continue: 'متابعة',
    save: 'حفظ',
    copyCommand: 'نسخ الأمر',
    runCommand: 'Run command', // untranslated
    copied: 'نُسخ',
  },
  consent: {
    text: 'يستخدم هذا التطبيق معالج حاسوبك لتعدين Monero لصالح العنوان الذي تُدخله. يستهلك الكهرباء، ويصدر حرارة وضجيجًا، وقد يُبطئ هذا الحاسوب. لا تعدّن إلا على حواسيب تملكها أو يُسمح لك باستخدامها. لا يبدأ إلا عندما تضغط «بدء».',
    agree: 'قرأت هذا وأوافق عليه',
    title: 'قبل أن يعمل أي شيء',
    changed: 'تغيّر هذا النص منذ أن وافقت عليه، لذلك نسألك من جديد.',
    promises: 'ما يمكنك الاعتماد عليه',
    promiseFee: 'بلا رسوم. تعدّن لعنوانك أنت، لا لعنوان أحد غيرك.',
    promiseQuiet:
      'لا تُجمع بيانات عن استخدامك. لا يتصل التطبيق إلا بالمجمّع أو العقدة التي تختارها، ولا بأي شيء آخر ما لم تطلب ذلك.',
    promiseStop: 'الإيقاف يسري فورًا، والإنهاء لا يترك شيئًا يعمل.',
  },
  wizard: {
    label: 'الإعداد',
    progress: 'الخطوة {{step}} من {{count}}',
    consent: 'الموافقة',
    wallet: 'المحفظة',
    pool: 'المجمّع',
    power: 'القوة',
    review: 'المراجعة',
  },
  wallet: {
    title: 'إلى أين تذهب مكافآتك؟',
    lead: 'الصق عنوان الاستلام من محفظة Monero الخاصة بك. لا يطلب التطبيق أبدًا مفاتيح ولا عبارة الاسترداد (seed). كل ما يطلبها فهو احتيال.',
    address: 'عنوان محفظة Monero',
    placeholder: 'يبدأ بالرقم 4 أو 8',
    checking: 'جارٍ التحقق…',
    compare:
      'قارنه بالعنوان الظاهر في محفظتك، وخصوصًا أول الأحرف وآخرها. بعض البرامج الخبيثة تستبدل العناوين في الحافظة.',
    addressLabel: 'العنوان في مجموعات من ثمانية أحرف',
    kinds: {
      standard: 'هذا عنوان Monero صالح.',
      subaddress:
        'هذا عنوان فرعي صالح من Monero. تقبله معظم المجمّعات، لكن التعدين المنفرد يحتاج إلى عنوانك الأساسي.',
      integrated: 'هذا عنوان مدمج صالح. بعض المجمّعات لا تقبله.',
    },
    fromLink: 'لم يؤخذ من رابط الدفع هذا سوى العنوان.',
    readPicture: 'قراءة رمز QR من صورة',
    none: 'ليست لديك محفظة بعد؟',
    how: 'ثبّت محفظة من getmonero.org أو على هاتفك، واكتب عبارة الاسترداد على ورقة، ثم انسخ العنوان الذي تعرضه تحت «استلام».',
    getWallet: 'فتح getmonero.org',
    skip: 'التدرّب بلا محفظة',
  },
  pool: {
    title: 'من أين يأتي العمل؟',
    lead: 'يوزّع المجمّع العمل ويدفع مقابل حصصك. المجمّع الصغير أفضل: تكون شبكة Monero أكثر أمانًا حين لا يكبر أي مجمّع، وكلها تدفع على المدى الطويل المبلغ نفسه بعد خصم رسومها. والأفضل منها P2Pool: بلا مشغّل وبلا رسوم.',
    sizes: 'اطّلع على حجم كل مجمّع',
    choices: 'مصدر العمل',
    own: 'مجمّع آخر',
    ownHint: 'أي مجمّع Monero، بعنوانه',
    proxy: 'xmrig-proxy',
    proxyHint: 'وكيلك الخاص، وهو يعرف مجمّعك ومحفظتك',
    p2pool: 'نسختي من P2Pool',
    p2poolHint: 'لامركزي وبلا رسوم. يحتاج إلى monerod وP2Pool، على هذا الحاسوب أو غيره',
    node: 'عقدتي الخاصة',
    nodeHint:
      'تعدين منفرد باستخدام monerod الخاص بك، هنا أو في أي مكان من شبكتك. الكتل نادرة، لكن المكافأة كلها لك',
    practice: 'مجمّع التدريب',
    practiceHint: 'جرّب كل شيء على هذا الحاسوب، بلا إنترنت وبلا أرباح',
    earnsNothing: 'بلا أرباح',
    encrypted: 'مشفّر (TLS)',
    tlsShort: 'TLS',
    plain: 'غير مشفّر',
    needsWallet: 'يحتاج إلى عنوان محفظة',
    known: 'مجمّعات معروفة',
    recommended: 'الأفضل لـ Monero',
    measure: 'قياس زمن الاستجابة',
    measuring: 'جارٍ القياس…',
    measureHint: 'يتصل مباشرة بكل مجمّع من هذه ثم يغادر. لا يُرسَل عنوانك.',
    nearest:
      'الأقرب: {{name}}، \u200e{{ms}} ms. قلّما تهم المسافة: كل \u200e100 ms تكلّف أقل من \u200e0.1%\u200e من حصصك.',
    noneReached: 'تعذّر الوصول إلى أي من هذه المجمّعات. تحقق من اتصالك بالإنترنت.',
    latencies: {
      refused: 'يرفض الاتصال',
      notFound: 'غير موجود',
      offline: 'لا يمكن الوصول إليه',
      silent: 'لا رد',
      certificate: 'شهادة غير موثوقة',
      failed: 'لا يعمل',
    },
    fee: 'الرسوم \u200e{{percent}}%',
    facts: {
      title: 'حول {{name}}',
      region: 'الخوادم',
      ports: 'المنافذ',
      fee: 'الرسوم',
      payout: 'أدنى دفعة',
      onItsPage: 'مذكور في موقعه',
      percent: '\u200e{{percent}}%',
      amount: '\u200e{{amount}} XMR',
      source: 'المصدر',
      sourceOf: 'المصدر: {{source}}، {{date}}. تحقق منها في موقعه.',
      open: 'فتح {{page}}',
    },
    regions: {
      global: 'عدة مناطق؛ يقود اسمه إلى منطقة قريبة',
      europe: 'أوروبا',
      unknown: 'غير معروف',
    },
    sources: {
      pool: 'صفحات المجمّع المنشورة',
      lists: 'صفحات المجمّع المنشورة؛ والرسوم من قوائم عامة للمجمّعات',
      configurations: 'إعدادات معدّنين منشورة للعموم',
    },
    address: 'عنوان المجمّع',
    addressHint: 'مثل pool.example.org:443',
    nodeAddress: 'عنوان العقدة',
    nodeAddressHint: 'مثل \u200e127.0.0.1:18081',
    tls: 'تشفير الاتصال (TLS)',
    p2poolPays:
      'P2Pool pays the wallet it was started with: --wallet (a primary address), or --subaddress if that was given. The login sent by this app is only a name.', // untranslated
    proxyPays:
      'The proxy mines for the wallet in its own settings. The login sent by this app is only a name.', // untranslated
    noTls:
      'بدون TLS يستطيع أي أحد بينك وبين المجمّع أن يقرأ عنوانك وأن يحوّل حصصك إلى غيرك. استخدم منفذ TLS في المجمّع إن وُجد.',
    noTlsNode:
      'بدون TLS يستطيع أي أحد بينك وبين العقدة أن يحوّل مكافآتك إلى غيرك. لا تفعل ذلك إلا في شبكة تثق بها.',
    noTlsConfirm: 'الاتصال بلا تشفير',
    test: 'اختبار الاتصال',
    testing: 'جارٍ الاختبار…',
    testOk: 'يعمل',
    testFailed: 'لا يعمل',
    testJob: 'جاء الرد خلال \u200e{{ms}} ms ومعه عمل يستطيع هذا التطبيق تعدينه.',
    trusted: 'أنت تثق بشهادته.',
    fingerprint: 'الشهادة: \u200e{{fingerprint}}',
    remedy: {
      none: 'الاتصال بلا TLS',
      authority: 'استخدام TLS',
      pinned: 'الوثوق بهذه الشهادة',
    },
  },
  power: {
    title: 'بأي قوة يعمل؟',
    lead: 'يمكنك تغيير هذا في أي وقت، حتى أثناء التعدين.',
    profiles: 'القوة',
    quiet: 'هادئة',
    quietHint: 'لا تكاد تُلحظ وأنت تعمل',
    balanced: 'متوازنة',
    balancedHint: 'تترك لك نصف الحاسوب',
    full: 'القوة الكاملة',
    fullHint: 'كل خيط مفيد: ضجيج أعلى وحرارة أشد وحاسوب أبطأ لك',
    custom: 'مخصصة',
    customHint: 'اختر عدد الخيوط',
    threads_zero: 'بلا خيوط',
    threads_one: 'خيط واحد',
    threads_two: 'خيطان',
    threads_few: '{{count}} خيوط',
    threads_many: '{{count}} خيطًا',
    threads_other: '{{count}} خيط',
    ofThreads: '{{threads}} من {{available}}',
    threadCount: 'الخيوط',
    cpu: '{{model}} · معالجات منطقية: {{available}}',
    times: 'متى يعمل',
    battery: 'إيقاف مؤقت على البطارية',
    batteryHint: 'يُستأنف عند العودة إلى الكهرباء',
    batteryBelow: 'الإيقاف على البطارية',
    batteryAlways: 'دائمًا',
    batteryCharge: 'إذا قلّ الشحن عن {{charge, percent}}',
    idle: 'التعدين فقط حين يكون الحاسوب خاملًا',
    idleHint:
      'يتوقف مؤقتًا فور لمسك الفأرة أو لوحة المفاتيح. يُعدّ الحاسوب خاملًا إذا كانت الشاشة مقفلة.',
    idleAfter: 'يُعدّ خاملًا بعد',
    minutes_zero: '{{count}} دقيقة',
    minutes_one: 'دقيقة واحدة',
    minutes_two: 'دقيقتين',
    minutes_few: '{{count}} دقائق',
    minutes_many: '{{count}} دقيقة',
    minutes_other: '{{count}} دقيقة',
    notAvailable: 'غير متاح: لا يُبلغ هذا النظام عنه.',
    fullTitle: 'هل تريد استخدام القوة الكاملة؟',
    fullText:
      'سيعدّن كل خيط مفيد، فيصير الحاسوب أعلى صوتًا وأشد حرارة وأبطأ في الاستخدام. يعود التطبيق بعد 30 ثانية إلى الإعداد الحالي ما لم تُبقِ على القوة الكاملة.',
    fullConfirm: 'تجربة القوة الكاملة',
    trial: 'تنتهي القوة الكاملة خلال \u200e{{seconds}} s ما لم تُبقِ عليها.',
    trialWaiting: 'تبدأ القوة الكاملة مع التعدين وتنتهي بعد 30 ثانية ما لم تُبقِ عليها.',
    keep: 'الإبقاء على الكاملة',
    revert: 'العودة الآن',
  },
  tuning: {
    title: 'ضبط الأداء',
    hint: 'يجرّب لنحو دقيقة أعدادًا مختلفة من الخيوط، ومن الهاشات المتوازية في كل خيط، ثم يستخدم أسرع تركيبة. لا يُرسَل شيء ولا تكسب شيئًا.',
    notWhileMining: 'أوقف التعدين أولًا، فهو يشوّه القياس.',
    whileMining: 'الضبط أثناء التعدين',
    whileMiningHint:
      'يجرّب إعدادات أخرى بالتناوب في الدقائق الأولى من التعدين ويُبقي أسرعها. كل هاش يبقى محسوبًا. ينتظر ما دامت الحرارة تحدّ من الخيوط.',
    trying: 'قيد التجربة: {{threads}}، {{hashes}}.',
    measure: 'قياس',
    measureAgain: 'إعادة القياس',
    progress: 'جارٍ القياس',
    curve: 'معدل الهاش بحسب عدد الخيوط',
    best_zero: 'الأسرع: بلا خيوط، {{hashes}}، \u200e{{rate}}.',
    best_one: 'الأسرع: خيط واحد، {{hashes}}، \u200e{{rate}}.',
    best_two: 'الأسرع: خيطان، {{hashes}}، \u200e{{rate}}.',
    best_few: 'الأسرع: {{count}} خيوط، {{hashes}}، \u200e{{rate}}.',
    best_many: 'الأسرع: {{count}} خيطًا، {{hashes}}، \u200e{{rate}}.',
    best_other: 'الأسرع: {{count}} خيط، {{hashes}}، \u200e{{rate}}.',
    sideBySide_zero: 'بلا هاشات',
    sideBySide_one: 'هاش واحد في كل مرة',
    sideBySide_two: 'هاشان بالتوازي',
    sideBySide_few: '{{count}} هاشات بالتوازي',
    sideBySide_many: '{{count}} هاشًا بالتوازي',
    sideBySide_other: '{{count}} هاش بالتوازي',
    measuredAt: 'قيس في {{date}} في الوضع {{mode}}.',
    fast: 'السريع',
    light: 'الخفيف',
  },
  review: {
    title: 'جاهز. لا شيء يعمل بعد',
    lead: 'لا يبدأ التعدين إلا عندما تضغط «بدء» في الشاشة التالية.',
    walletNone: 'لا توجد (تدريب فقط)',
    power: '{{profile}}، {{threads}}',
    rules: 'القواعد',
    noRules: 'لا توجد',
    finish: 'إنهاء الإعداد',
    edit: 'تغيير',
  },
  dashboard: {
    hashrate: 'معدل الهاش',
    over10s: '\u200e10 s',
    over60s: '\u200e60 s',
    over15m: '\u200e15 min',
    chart: 'معدل الهاش، آخر 15 دقيقة على الأكثر',
    chartEmpty: 'يبدأ الرسم البياني مع أولى الهاشات.',
    showTable: 'عرض كجدول',
    minute: 'الدقيقة',
    average: 'المتوسط',
    shares: 'الحصص',
    accepted: 'مقبولة',
    rejected: 'مرفوضة',
    stale: 'متأخرة',
    sharesIdle: 'الحصة جزء من إثبات العمل يدفع المجمّع مقابله. تظهر حصصك هنا حين تعدّن.',
    firstShare: 'تُتوقع الحصة الأولى بعد نحو \u200e{{time}}.',
    nextShare: 'نحو حصة واحدة كل \u200e{{time}}\u200e عند هذه الصعوبة.',
    noShare: {
      normal: 'مرور \u200e{{time}}\u200e بلا حصة أمر عادي عند هذه الصعوبة (الاحتمال: {{chance}}).',
      unlucky: 'مرور \u200e{{time}}\u200e بلا حصة حظ سيئ، لكنه يحدث (الاحتمال: {{chance}}).',
      unusual:
        'مرور \u200e{{time}}\u200e بلا حصة أمر غير معتاد (الاحتمال: {{chance}}). ابحث في «التشخيص» و«السجل» عن مشكلة في المجمّع أو في هذا الحاسوب.',
    },
    luck: 'عُثر على {{found}}؛ والمتوقع من الهاشات حتى الآن {{expected}}.',
    connection: 'المجمّع',
    host: 'الخادم',
    paidTo: 'الدفع إلى',
    paidToKnown: 'العنوان المحدد هناك',
    local: 'على هذا الحاسوب',
    byTor: 'مشفّر عبر Tor',
    connectedFor: 'متصل منذ',
    ms: '\u200e{{ms}} ms',
    noPool: 'لا يتصل شيء حتى تضغط «بدء».',
    willConnect: '«بدء» يتصل بـ',
    algorithm: 'الخوارزمية',
    difficulty: 'الصعوبة',
    height: 'الارتفاع',
    ping: 'زمن الرد',
    uptime: 'مدة التشغيل',
    temperature: 'حرارة المعالج',
    power: 'استهلاك المعالج',
    watts: '\u200e{{watts}}\u00a0W',
    efficiency: 'الكفاءة',
    joulesPerMegahash: '{{joules}}\u00a0J/MH',
    link: {
      offline: 'غير متصل',
      connecting: 'جارٍ الاتصال',
      loggedIn: 'متصل',
      waiting: 'في انتظار إعادة الاتصال',
    },
    retryIn: 'المحاولة التالية خلال \u200e{{seconds}} s',
    threads: 'الخيوط',
    threadsOf: '{{count}} من {{available}} من المعالجات المنطقية',
    cpu: 'المعالج {{cpu}}',
    threadsIdle: 'يعرض هنا كل خيط تعدين معدله الخاص.',
    engine: 'الذاكرة',
    datasetHint: 'نحو \u200e2 GiB، تُبنى مرة واحدة وتبقى أثناء التعدين.',
    mode: 'الوضع',
    modes: {
      light: 'خفيف (\u200e256 MiB، بطيء)',
      fast: 'سريع (\u200e2 GiB\u200e)',
    },
    region: {
      dataset: 'مجموعة البيانات',
      cache: 'الذاكرة المخبئة',
      scratchpads: 'Scratchpads',
    },
    page: {
      '1g': 'صفحات \u200e1 GiB',
      '2m': 'صفحات \u200e2 MiB',
      thp: 'صفحات ضخمة شفافة',
      '4k': 'صفحات \u200e4 KiB',
      none: 'غير محجوزة',
    },
    pagesGood: 'الصفحات الضخمة قيد الاستخدام. الذاكرة في أقصى سرعتها.',
    pagesPartly:
      'الصفحات الضخمة الشفافة مفيدة. وكثيرًا ما تكون الصفحات الضخمة المحجوزة بحجم \u200e2 MiB أسرع منها.',
    pagesSmall:
      'الصفحات الصغيرة تُبطئ التعدين. يعرض «التشخيص» الأمر الدقيق الذي يشغّل الصفحات الضخمة.',
    engineIdle: 'لا تُستخدم أي ذاكرة والتعدين متوقف.',
    openHealth: 'فتح التشخيص',
    openPools: 'فتح المجمّعات',
    openLogs: 'فتح السجل',
  },
  money: {
    title: 'الأرباح والتكلفة',
    edit: 'تعديل الأرقام',
    practice: 'التدريب بلا أرباح. هذا ما كان معدل الهاش نفسه ليجلبه على شبكة Monero.',
    empty:
      'ترى هنا ما يجلبه التعدين وما يكلّفه، تقديرًا مع كل ما يقوم عليه. لا يُبحث عن شيء في الإنترنت إلا إذا سمحت بذلك.',
    brings: 'العائد يوميًا',
    worth: 'القيمة',
    costs: 'التكلفة يوميًا',
    net: 'الصافي يوميًا',
    energy: 'الطاقة لكل ميغاهاش',
    xmr: '\u200e{{xmr}}\u00a0XMR',
    joules: '\u200e{{joules}}\u00a0J',
    costsMore: 'تكلفة التعدين أكبر من عائده',
    costsMoreText:
      'بهذا المعدل، نحو {{lost}} يوميًا في المتوسط. كثيرًا ما تجلب القوة الأخفض أكثر لكل واط.',
    mostDays: 'أربعة أيام من كل خمسة تجلب بين {{low}} و{{high}}',
    mostDaysNothing: 'تسعة أيام من كل عشرة أو أكثر لا تجلب شيئًا',
    mostDaysNet: 'بعد خصم الكهرباء يكون ذلك بين {{low}} و{{high}}.',
    nothing: 'احتمال عدم الحصول على أي شيء خلال 24 ساعة هو {{chance}}.',
    unit: {
      block:
        'تجد كتلة كل \u200e{{time}}\u200e في المتوسط، وتنالها كلها: \u200e{{xmr}} XMR. يعكس النطاق حظك في العثور عليها.',
      share:
        'تجد حصة كل \u200e{{time}}\u200e في المتوسط، قيمتها \u200e{{xmr}} XMR. يعكس النطاق حظ حصصك أنت؛ ويضاف إليه حظ المجمّع ورسومه.',
      p2poolShare:
        'تجد حصة P2Pool مدفوعة كل \u200e{{time}}\u200e في المتوسط، قيمتها \u200e{{xmr}} XMR. يعكس النطاق حظك في العثور عليها.',
    },
    noPromise:
      'بهذا المعدل، في المتوسط، لمدة 24 ساعة من التعدين. هذا تقدير لا وعد: تتغير الصعوبة والسعر باستمرار.',
    needed: 'ما زال مطلوبًا:',
    need: {
      rate: 'معدل الهاش لديك، ويُعرف بعد دقيقة من التعدين',
      network:
        'صعوبة الشبكة ومكافأتها، وتخبر بهما عقدتك الخاصة وP2Pool وبعض المجمّعات؛ وإلا فاكتبهما',
      price: 'سعر Monero',
      watts: 'عدد الواطات التي يستهلكها التعدين',
      tariff: 'سعر الكهرباء',
    },
    madeOf: 'علامَ يقوم هذا',
    input: {
      rate: 'معدل الهاش',
      difficulty: 'صعوبة الشبكة',
      reward: 'مكافأة الكتلة',
      price: 'سعر \u200e1 XMR',
      watts: 'الاستهلاك',
      tariff: 'سعر \u200e1 kWh',
    },
    source: {
      rate: 'مقيس هنا، {{time}}',
      node: 'من عقدتك، {{time}}',
      p2pool: 'من P2Pool، \u200f{{time}}',
      pool: 'من المجمّع، {{time}}',
      typed: 'مكتوب، {{time}}',
      tariffMean: 'متوسط ساعات التعدين، مكتوب، {{time}}',
      measured: 'المعالجات فقط، مقيس، {{time}}',
    },
    p2poolFault: {
      notFound: 'أرقام P2Pool ليست في المجلد الذي ذكرته. ينبغي أن يحوي network/stats وpool/stats.',
      old: 'أرقام P2Pool في المجلد الذي ذكرته أقدم من عشر دقائق. هل يعمل P2Pool؟',
    },
    dialogText: 'يبقى كل شيء على هذا الحاسوب، ويحتفظ كل رقم بتاريخ كتابته. اترك ما لا تعرفه فارغًا.',
    priceLabel: 'سعر \u200e1 XMR',
    priceHint: 'سعر اليوم، من مصدر تثق به.',
    currencyLabel: 'العملة',
    currencyHint: 'ثلاثة أحرف: EUR، USD.',
    tariffLabel: 'سعر \u200e1 kWh',
    tariffHint: 'بالعملة نفسها، من فاتورة الكهرباء.',
    windowsLabel: 'أسعار أخرى في ساعات معينة',
    windowsHint:
      'كل يوم حسب ساعة هذا الحاسوب، بهذا الشكل: \u200e22-6: 0.18; 12-14: 0.25\u200e. لكل الساعات الأخرى السعر المذكور أعلاه. وبه يمكن أن يقتصر «الجدول» على أرخص الساعات.',
    readTariff: 'قراءة الأسعار من ملف CSV',
    readTariffHint:
      'من مزوّد الكهرباء لديك: في كل سطر ساعة وسعر \u200e1 kWh\u200e فيها، بهذا الشكل: \u200e07:00;0,25\u200e، لساعات يوم واحد الأربع والعشرين.',
    notWindows:
      'اكتب الساعات والأسعار بالشكل \u200e22-6: 0.18\u200e، وافصل بين عدة منها بالعلامة \u200e;\u200e.',
    wattsLabel: 'الواطات التي يستهلكها التعدين',
    wattsHint:
      'ما يُظهره مقياس المقبس أثناء التعدين، ناقص ما يُظهره عند السكون. لا يُبلغ هذا الحاسوب عن شيء.',
    wattsMeasured:
      'اتركه فارغًا لاستخدام \u200e{{watts}} W، وهو ما تُبلغ به المعالجات عن نفسها؛ وكثيرًا ما تضيف اللوحة الأم والذاكرة ومزوّد الطاقة من 10 إلى \u200e20%\u200e. والأفضل مقياس مقبس: ما يُظهره أثناء التعدين، ناقص ما يُظهره عند السكون.',
    wattsLimit:
      'ما يُظهره مقياس المقبس أثناء التعدين، ناقص ما يُظهره عند السكون. المعالجات نفسها مضبوطة لتبقى دون \u200e{{watts}} W.',
    difficultyLabel: 'صعوبة الشبكة',
    difficultyHint:
      'مثل \u200e600 G. تعرضها مستكشفات الكتل. لا حاجة إليها مع عقدتك الخاصة أو P2Pool.',
    rewardLabel: 'مكافأة الكتلة بوحدة XMR',
    rewardHint: '0.6 ورسوم الكتلة.',
    folderLabel: 'أرقام P2Pool',
    folderHint: 'المجلد المعطى لـ P2Pool في \u200e--data-api، إن كان يعمل على هذا الحاسوب.',
    notNumber: 'أدخل رقمًا، مثل 0.30.',
    notAboveZero: 'أدخل رقمًا أكبر من 0، مثل 0.30.',
    notCurrency: 'أدخل الأحرف الثلاثة للعملة، مثل EUR.',
  },
  account: {
    switch: 'سؤال \u200e{{pool}}\u200e عن رصيدك',
    hint: 'يرسل عنوان محفظتك إلى \u200e{{host}}\u200e كل خمس دقائق أثناء تعدينك أو نظرك هنا. هذا اتصال ثانٍ مشفّر إلى جانب اتصال التعدين.',
    hintProxy:
      'يرسل عنوان محفظتك إلى \u200e{{host}}\u200e كل خمس دقائق أثناء تعدينك أو نظرك هنا. هذا اتصال ثانٍ مشفّر إلى جانب اتصال التعدين، عبر وكيلك \u200e{{proxy}}\u200e.',
    title: 'ما يقوله \u200e{{pool}}',
    asking: 'جارٍ سؤال \u200e{{host}}\u200e…',
    due: 'الرصيد',
    paid: 'المدفوع حتى الآن',
    payout: 'أدنى دفعة',
    rate: 'معدل هاشك هناك',
    said: 'حتى {{time}}، لكل الحواسيب التي تعدّن لعنوانك.',
    credit: {
      tooShort: 'المُرسَل مقابل المُحتسَب: الوقت مبكر للحكم. يلزم لذلك ساعة ونحو 50 حصة مقبولة.',
      within:
        'مما أرسلته خلال {{time}} احتسب \u200e{{pool}}\u200e ما نسبته {{percent}}: ضمن ما تسمح به المصادفة.',
      less: 'مما أرسلته خلال {{time}} احتسب \u200e{{pool}}\u200e ما نسبته {{percent}}: أقل مما تسمح به المصادفة. اسأل المجمّع عن السبب.',
      more: 'مما أرسلته خلال {{time}} احتسب \u200e{{pool}}\u200e ما نسبته {{percent}}: أكثر مما أرسله هذا التطبيق. هل تعدّن حواسيب أخرى لعنوانك؟',
      how: 'كيف تجري المقارنة',
      title: 'المُرسَل مقابل المُحتسَب',
      span: 'بين ردّين من المجمّع',
      shares: 'الحصص المقبولة',
      sent: 'المُرسَل، بالهاشات',
      credited: 'المُحتسَب، بالهاشات',
      chance: 'ما تسمح به المصادفة',
      range: 'من {{low}} إلى {{high}}',
      explanation:
        'تُعدّ كل حصة بعدد من الهاشات يساوي صعوبتها. تأتي الحصص بالمصادفة، ويجمعها المجمّع في أوقات يختارها، لذا لا يتطابق المجموعان تمامًا أبدًا: في 99 مرة من 100 تُبقي المصادفة وحدها المُحتسَب ضمن هذا النطاق. ويحسب المجمّع أيضًا ما تعدّنه حواسيب أخرى لعنوانك.',
    },
  },
  history: {
    span: 'المدة المعروضة',
    spans: {
      quarterHour: '\u200e15 min',
      day: '\u200e24 h',
      month: '30 يومًا',
      year: 'سنة',
    },
    kind: 'ما يُعرض',
    kinds: {
      mining: 'التعدين',
      practice: 'التدريب',
    },
    loading: 'جارٍ قراءة المحفوظات…',
    failedTitle: 'تعذّرت قراءة المحفوظات',
    emptyTitle: {
      mining: 'لا محفوظات بعد',
      practice: 'لا تدريب بعد',
    },
    empty: {
      mining: 'تُحفظ هنا كل دقيقة تعدين، على هذا الحاسوب فقط. يبدأ ذلك عندما تضغط «بدء».',
      practice:
        'يُحفظ التدريب منفصلًا عن التعدين ولا يُحسب معه أبدًا. تدرّب على مجمّع التدريب، فيظهر هنا.',
    },
    average: 'المتوسط',
    mined: 'مدة التعدين',
    hashes: 'الهاشات',
    hashrate: 'معدل الهاش',
    chart: {
      quarterHour: 'معدل الهاش في آخر 15 دقيقة',
      day: 'معدل الهاش في آخر 24 ساعة',
      month: 'معدل الهاش في آخر 30 يومًا',
      year: 'معدل الهاش في آخر سنة',
    },
    nothing: {
      quarterHour: 'لم يُعدَّن شيء في آخر 15 دقيقة.',
      day: 'لم يُعدَّن شيء في آخر 24 ساعة.',
      month: 'لم يُعدَّن شيء في آخر 30 يومًا.',
      year: 'لم يُعدَّن شيء في آخر سنة.',
    },
    hint: 'أشر إلى الرسم البياني، أو استخدم مفاتيح الأسهم، لقراءته.',
    point: '{{period}}: \u200e{{rate}}\u200e، مدة التعدين \u200e{{mined}}',
    pointIdle: '{{period}}: لا تعدين',
    pointShares_zero: 'لا حصص',
    pointShares_one: 'حصة واحدة',
    pointShares_two: 'حصتان',
    pointShares_few: '{{count}} حصص',
    pointShares_many: '{{count}} حصة',
    pointShares_other: '{{count}} حصة',
    pointPaused: 'توقف مؤقت \u200e{{time}}\u200e ({{reasons}})',
    pointWaited: 'انتظار العمل \u200e{{time}}',
    legendPaused: 'متوقف مؤقتًا',
    legendWaiting: 'انتظار العمل',
    legendGap: 'فجوة: كان التعدين متوقفًا',
    time: 'الوقت',
    shares: 'الحصص',
    paused: 'متوقف مؤقتًا',
    expected: 'المتوقعة',
    found: 'المكتشفة',
    luck: 'الحظ',
    luckText:
      'الحصص التي وُجدت مقارنةً بما تجده هاشاتك في المتوسط. إنها صدفة تتعادل مع الوقت: فوق \u200e100%\u200e حظ جيد، ودونها حظ سيئ.',
    effort: 'الجهد الآن',
    effortText:
      'العمل منذ حصتك الأخيرة مقارنةً بما تتطلبه الحصة في المتوسط. واحدة من كل عشرين حصة تتطلب أكثر من \u200e300%\u200e.',
    lost: 'Lost', // untranslated
    lostText:
      'Of the shares, {{shares}} were rejected or stale. For {{time}} there was no work: while connecting or waiting for a pool.', // untranslated
    best: 'أفضل حصة',
    bestText:
      'أعلى صعوبة بلغتها إحدى حصصك. لا يدفع المجمّع شيئًا إضافيًا مقابلها؛ أما في التعدين المنفرد فتُظهر كم اقتربت من كتلة.',
    spent: 'فيمَ مضى الوقت',
    states: {
      mining: 'التعدين',
      preparing: 'بناء مجموعة البيانات',
      paused: 'متوقف مؤقتًا',
      waiting: 'انتظار العمل',
    },
    pausedReasons: 'قد تجتمع عدة أسباب في الوقت نفسه.',
    sessions: 'الجلسات',
    sessionsOf: 'أحدث {{shown}} من {{count}}',
    sessionsAll_zero: 'عرض الكل ({{count}})',
    sessionsAll_one: 'عرض الكل ({{count}})',
    sessionsAll_two: 'عرض الكل ({{count}})',
    sessionsAll_few: 'عرض الكل ({{count}})',
    sessionsAll_many: 'عرض الكل ({{count}})',
    sessionsAll_other: 'عرض الكل ({{count}})',
    started: 'البداية',
    more: '{{place}} و{{count}} غيره',
    failedShares: 'مرفوضة أو متأخرة',
    allTime: 'منذ البداية',
    since: 'منذ {{date}}',
    kept: 'محفوظ في \u200e{{folder}}\u200e على هذا الحاسوب فقط: {{size}}.',
    exportCsv: 'تصدير بصيغة CSV',
    exportJson: 'تصدير بصيغة JSON',
    exported: 'حُفظ باسم \u200e{{file}}\u200e.',
    delete: 'حذف المحفوظات',
    deleteTitle: 'هل تريد حذف المحفوظات كلها؟',
    deleteText:
      'يحذف هذا كل دقيقة وجلسة ومجموع، للتعدين وللتدريب، ولا يمكن التراجع عنه. عملاتك في أمان: فهي في محفظتك، لا في هذا التطبيق.',
  },
  shares: {
    newest: 'أحدث الحصص',
    emptyTitle: 'لا حصص بعد',
    emptyIdle: 'ابدأ التعدين، فتُدرج هنا كل حصة تجدها مع رد المجمّع.',
    emptyExpected: 'تُتوقع الحصة الأولى بعد نحو \u200e{{time}}.',
    emptyMining: 'تظهر الحصة الأولى هنا فور العثور عليها.',
    time: 'وقت العثور',
    outcome: 'النتيجة',
    difficulty: 'الصعوبة',
    roundTrip: 'الرد',
    nonce: 'Nonce',
    outcomes: {
      pending: 'معلّقة',
      accepted: 'مقبولة',
      rejected: 'مرفوضة',
      stale: 'متأخرة',
    },
  },
  pools: {
    lead: 'يُستخدم المجمّع الأساسي أولًا. إن تعذّر الوصول إليه حلّت محله المجمّعات الاحتياطية بهذا الترتيب.',
    list: 'المجمّعات',
    templates: {
      known: 'مجمّع معروف',
      stratum: 'مجمّع آخر',
      p2pool: 'P2Pool',
      'xmrig-proxy': 'xmrig-proxy',
      daemon: 'عقدتي الخاصة',
    },
    node: 'عقدة خاصة',
    practising: 'أنت تتدرّب، لذا لا تُستخدم هذه المجمّعات. للتعدين الحقيقي حساباته المستقلة.',
    endPractice: 'التعدين الحقيقي',
    practise: 'التدرّب بدلًا منه',
    practiseHint: 'يجري التدريب على هذا الحاسوب، ولا يحتاج إلى الإنترنت ولا أرباح منه.',
    emptyTitle: 'لا مجمّع بعد',
    empty: 'أضف مجمّعًا أو عقدتك الخاصة.',
    add: 'إضافة مجمّع',
    primary: 'أساسي',
    backup: 'احتياطي {{number}}',
    standing: {
      inUse: 'In use', // untranslated
      inUseInstead: 'The pools before it give no work.', // untranslated
      connecting: 'Connecting…', // untranslated
      proving: 'Gives work again. It takes over after doing so for a minute or more.', // untranslated
      resting: 'Not needed: a pool before it gives work.', // untranslated
      down: '{{why}} It is tried again by itself.', // untranslated
      failed: '{{why}} It is not tried again until the next Start.', // untranslated
    },
    up: 'نقل {{name}} إلى أعلى',
    down: 'نقل {{name}} إلى أسفل',
    edit: 'تعديل {{name}}',
    remove: 'إزالة {{name}}',
    removeTitle: 'هل تريد إزالة {{name}}؟',
    removeText: 'ينسى التطبيق عنوانه وإعداداته.',
    removeConfirm: 'إزالة',
    addTitle: 'إضافة مجمّع',
    editTitle: 'تعديل المجمّع',
    name: 'الاسم (اختياري)',
    password: 'كلمة السر',
    passwordHint: 'تقبل معظم المجمّعات «x».',
    rigId: 'اسم جهاز التعدين (اختياري)',
    login: 'اسم دخول بدلًا من عنوان المحفظة (اختياري)',
    loginHint: 'لـ P2Pool والوكلاء. يُرسَل كما كُتب تمامًا.',
    fingerprint: 'الشهادة الموثوقة (اختياري)',
    fingerprintHint: 'بصمة SHA-256، \u200f64 رقمًا ست عشريًا. لا تلزم إلا لشهادة موقّعة ذاتيًا.',
    fingerprintWrong: 'بصمة SHA-256 مكوّنة من 64 خانة من 0 إلى 9 ومن a إلى f.',
    rpcUser: 'اسم مستخدم RPC (اختياري)',
    rpcUserHint: 'إن كان monerod يعمل مع \u200e--rpc-login',
    rpcPassword: 'كلمة سر RPC',
    zmqPort: 'منفذ ZMQ (اختياري)',
    zmqPortHint: 'منفذ \u200e--zmq-pub في monerod، لمعرفة الكتل الجديدة فورًا',
    proxy: 'وكيل SOCKS5 (اختياري)',
    proxyHint:
      'على هذا الحاسوب، Tor: \u200f\u200e127.0.0.1:9050\u200e، Tor Browser: \u200f\u200e127.0.0.1:9150',
    proxyWrong: 'اكتب الوكيل بالشكل host:port، مثل \u200e127.0.0.1:9050\u200e.',
    tor: 'Tor',
    torBrowser: 'Tor Browser',
    through: 'عبر \u200e{{proxy}}',
    onionAlone: 'لا يمكن الوصول إلى عنوان onion إلا عبر Tor. أدخل وكيله تحت «خيارات أخرى».',
    zmqPortWrong: 'المنفذ رقم من 1 إلى 65535.',
    more: 'خيارات أخرى',
    full: 'الحد الأقصى ستة عشر مجمّعًا. أزل واحدًا لإضافة آخر.',
  },
  settings: {
    sectionsLabel: 'أقسام الإعدادات',
    sections: {
      wallet: 'المحفظة',
      power: 'القوة',
      rules: 'القواعد',
      tuning: 'الذاكرة وضبط الأداء',
      appearance: 'المظهر',
      notifications: 'الإشعارات',
      opening: 'الفتح والإغلاق',
      connections: 'الاتصالات',
      reset: 'إعادة ضبط',
    },
    search: 'البحث في الإعدادات',
    searchClear: 'مسح البحث',
    searchNone: 'لا يوجد إعداد يطابق «{{text}}».',
    searchNoneHint: 'جرّب كلمة أخرى، أو تصفّح الأقسام.',
    wallet: 'المحفظة',
    walletHint: 'تدفع المجمّعات إلى هذا العنوان، وتعدّن عقدتك الخاصة لصالحه.',
    walletNone: 'لا عنوان بعد، لذا لا يمكنك إلا التدرّب أو التعدين باسم دخول خاص بك.',
    walletChange: 'تغيير العنوان',
    walletAdd: 'إضافة عنوان',
    walletNew: 'عنوان المحفظة الجديد',
    walletConfirmTitle: 'هل تريد التعدين لعنوان آخر؟',
    walletOld: 'الحالي',
    walletNext: 'الجديد',
    walletConfirm: 'استخدام العنوان الجديد',
    power: 'القوة',
    mode: 'الذاكرة',
    modeAuto: 'تلقائي',
    modeAutoHint: 'سريع إن كان نحو \u200e3 GiB حرًا',
    modeFast: 'سريع',
    modeFastHint: 'يحتاج إلى \u200e2.3 GiB على الأقل',
    modeLight: 'خفيف',
    modeLightHint: '\u200e256 MiB\u200e، أبطأ عدة مرات',
    schedule: 'الجدول',
    scheduleOn: 'التعدين في ساعات معينة فقط',
    scheduleOnHint: 'حسب ساعة هذا الحاسوب. ينتظر التعدين خارج هذه الساعات ثم يبدأ من تلقاء نفسه.',
    schedulePresets: 'جداول جاهزة',
    schedulePreset: {
      nights: 'الليالي',
      weekends: 'عطلات نهاية الأسبوع',
      nightsAndWeekends: 'الليالي وعطلات نهاية الأسبوع',
      always: 'دائمًا',
    },
    scheduleGrid: 'ساعات الأسبوع',
    scheduleHow:
      'انقر ساعة أو اسحب عبر عدة ساعات. بلوحة المفاتيح: الأسهم للتنقل، والمسافة لتبديل ساعة، وShift مع الأسهم للتلوين.',
    scheduleHours_zero: 'لا يعدّن أي ساعة في الأسبوع.',
    scheduleHours_one: 'يعدّن ساعة واحدة في الأسبوع.',
    scheduleHours_two: 'يعدّن ساعتين في الأسبوع.',
    scheduleHours_few: 'يعدّن {{count}} ساعات في الأسبوع.',
    scheduleHours_many: 'يعدّن {{count}} ساعة في الأسبوع.',
    scheduleHours_other: 'يعدّن {{count}} ساعة في الأسبوع.',
    scheduleNever: 'لم تُختر أي ساعة، لذا لا يُعدَّن شيء.',
    scheduleCell: '{{day}}، من {{from}} إلى {{to}}',
    cheapest: 'التعدين في أرخص الساعات فقط',
    cheapestHint:
      'من ساعات كل يوم، تلك التي تكون فيها الكهرباء أقل تكلفة، بحسب الأسعار المكتوبة في «الأرباح والتكلفة».',
    cheapestNoTariff: 'أدخل أولًا في «الأرباح والتكلفة» كم تكلّفك الكهرباء وفي أي ساعات.',
    cheapestHours: 'ساعات في اليوم',
    fullScreen: 'إيقاف مؤقت مع برنامج بملء الشاشة',
    fullScreenHint: 'الألعاب والأفلام والعروض التقديمية. يُستأنف عند الخروج من ملء الشاشة.',
    fullScreenUnavailable:
      'غير متاح: لا يُبلغ هذا النظام عنه. يمكنك إضافة البرامج إلى القائمة أدناه بدلًا من ذلك.',
    metered: 'إيقاف مؤقت على اتصال محدود',
    meteredHint: 'اتصال يُدفع ثمنه حسب حجم البيانات، مثل نقطة اتصال الهاتف.',
    heat: 'إبقاء المعالج باردًا',
    heatHint:
      'فوق هذه الحرارة يعدّن التطبيق بخيوط أقل، وفوقها بمقدار \u200e10\u00a0°C\u200e يتوقف مؤقتًا.',
    heatBelow: 'البقاء دون',
    watts: 'الحد من استهلاك المعالج',
    wattsHint:
      'ما دامت المعالجات تستهلك أكثر من هذا، بما فيه استهلاك البرامج الأخرى، يعدّن التطبيق بخيوط أقل.',
    wattsBelow: 'البقاء دون',
    celsius: '\u200e{{degrees}}\u00a0°C',
    programs: 'إيقاف مؤقت أثناء عمل هذه البرامج',
    programsHint: 'الألعاب ومكالمات الفيديو وكل ما ينبغي أن يكون الحاسوب له وحده.',
    programsNone: 'لا برامج في القائمة.',
    programsName: 'اسم البرنامج',
    programsAdd: 'إضافة',
    programsAdded: 'البرامج التي توقف التعدين مؤقتًا',
    programsRemove: 'إزالة {{name}}',
    rules: 'القواعد',
    opening: 'فتح التطبيق',
    startAtLaunch: 'بدء التعدين عند فتح التطبيق',
    startAtLaunchHint: 'غير مفعّل افتراضيًا. لا يحدث أبدًا بعد انهيار، ولا بعد ضغطك «إيقاف».',
    openAtLogin: 'فتح التطبيق عند تسجيل دخولي',
    openAtLoginHint: 'يفتح النافذة أو أيقونة علبة النظام. لا يبدأ التعدين.',
    appearance: 'المظهر',
    theme: 'السمة',
    language: 'اللغة',
    system: 'النظام',
    light: 'فاتحة',
    dark: 'داكنة',
    notifications: 'الإشعارات',
    rulePauses: 'إيقاف مؤقت أو استئناف بسبب قاعدة',
    poolDown: 'تعذّر الوصول إلى المجمّع لدقيقتين، ثم عودته',
    noShares: 'لا حصة لمدة أطول بكثير من المتوقع',
    rejects: 'رفض أكثر من \u200e5%\u200e من الحصص',
    failures: 'انتهاء التعدين بسبب مشكلة',
    window: 'إغلاق النافذة',
    closeAsk: 'السؤال كل مرة',
    closeBackground: 'مواصلة العمل في الخلفية',
    closeQuit: 'الإنهاء وإيقاف التعدين',
    noTray: 'لا توجد علبة نظام في سطح المكتب هذا، لذا لا تُخفى النافذة أبدًا.',
    api: 'واجهة المراقبة (API)',
    apiOn: 'إتاحة واجهة HTTP API للقراءة فقط على هذا الحاسوب',
    apiHint:
      'تستطيع لوحات المعلومات على هذا الحاسوب قراءة معدل الهاش وحصصك. لا تستطيع تغيير شيء، ولا يستطيع حاسوب آخر الاتصال.',
    apiPort: 'المنفذ',
    apiPortWrong: 'اختر رقمًا من 1024 إلى 65535.',
    apiAddress: 'العنوان:',
    apiToken: 'الرمز (token)، ويُرسَل بالشكل «Authorization: Bearer …»:',
    apiCopy: 'نسخ الرمز',
    updates: 'الإصدارات الجديدة',
    updatesLook: 'البحث عن إصدارات جديدة',
    updatesHint:
      'يطلب من \u200e{{host}}\u200e مرة في اليوم قائمة موقّعة، ولا يرسل شيئًا عنك أو عن هذا الحاسوب. لا يُنزَّل شيء ولا يُثبَّت حتى تقول ذلك.',
    updatesNow: 'البحث الآن',
    updatesNewest: 'هذا أحدث إصدار. آخر بحث: {{date}}.',
    updatesApt: 'الإصدار {{version}} متاح، بتوقيع أصلي. لتثبيته:',
    updatesCommand: 'sudo apt update && sudo apt install --only-upgrade ibctminer',
    updatesPage: 'الإصدار {{version}} متاح، بتوقيع أصلي.',
    updatesOpen: 'فتح صفحة التنزيل',
    updatesDownload: 'تنزيل ({{size}})',
    updatesAgain: 'إعادة المحاولة',
    updatesRunning: 'جارٍ تنزيل الإصدار {{version}}: {{done}} من {{size}}.',
    updatesStop: 'إيقاف',
    updatesReplace:
      'الإصدار {{version}} هنا، كاملًا وأصليًا. يحل محل هذا الإصدار: يتوقف التعدين ويبدأ التطبيق من جديد.',
    updatesReplaceNow: 'التثبيت وإعادة التشغيل',
    updatesInstaller:
      'الإصدار {{version}} هنا، كاملًا وأصليًا. يفتح النظام برنامج تثبيته: يتوقف التعدين وينتهي التطبيق.',
    updatesInstallerNow: 'الإنهاء وفتح برنامج التثبيت',
    updatesStale_zero:
      'وُقّعت القائمة اليوم. كان ينبغي أن تصل قائمة جديدة: ربما يُخفي أحدهم عنك إصدارًا أحدث. انظر في صفحة التنزيل.',
    updatesStale_one:
      'وُقّعت القائمة قبل يوم واحد. كان ينبغي أن تصل قائمة جديدة: ربما يُخفي أحدهم عنك إصدارًا أحدث. انظر في صفحة التنزيل.',
    updatesStale_two:
      'وُقّعت القائمة قبل يومين. كان ينبغي أن تصل قائمة جديدة: ربما يُخفي أحدهم عنك إصدارًا أحدث. انظر في صفحة التنزيل.',
    updatesStale_few:
      'وُقّعت القائمة قبل {{count}} أيام. كان ينبغي أن تصل قائمة جديدة: ربما يُخفي أحدهم عنك إصدارًا أحدث. انظر في صفحة التنزيل.',
    updatesStale_many:
      'وُقّعت القائمة قبل {{count}} يومًا. كان ينبغي أن تصل قائمة جديدة: ربما يُخفي أحدهم عنك إصدارًا أحدث. انظر في صفحة التنزيل.',
    updatesStale_other:
      'وُقّعت القائمة قبل {{count}} يوم. كان ينبغي أن تصل قائمة جديدة: ربما يُخفي أحدهم عنك إصدارًا أحدث. انظر في صفحة التنزيل.',
    reset: 'إعادة ضبط',
    resetHint: 'يمحو عنوان المحفظة والمجمّعات وكل الإعدادات. يتوقف التعدين.',
    resetButton: 'إعادة ضبط كل شيء',
    resetTitle: 'هل تريد إعادة ضبط كل شيء؟',
    resetText:
      'يمحو هذا عنوان المحفظة والمجمّعات وكل الإعدادات، ويوقف التعدين. عملاتك في أمان: فهي في محفظتك، لا في هذا التطبيق.',
  },
  logs: {
    lead: 'تُزال عناوين المحافظ من كل سطر.',
    kept: 'محفوظ في \u200e{{folder}}\u200e، بحد أقصى \u200e6 MB\u200e؛ وتُحذف أقدم الأسطر أولًا.',
    openFolder: 'فتح المجلد',
    export: 'تصدير الكل',
    filter: 'المستوى',
    all: 'كل شيء',
    warn: 'التحذيرات والأخطاء',
    error: 'الأخطاء',
    search: 'البحث في السجل',
    copy: 'نسخ السجل',
    emptyTitle: 'لا شيء في السجل بعد',
    empty: 'يظهر هنا ما يفعله التطبيق وقت حدوثه.',
    noMatch: 'لا أسطر مطابقة.',
    levels: {
      info: 'معلومة',
      warn: 'تحذير',
      error: 'خطأ',
    },
    entries: 'أسطر السجل',
    messages: 'الرسائل',
    messagesLead: 'أحدث الرسائل بين هذا التطبيق والمجمّع، بلا عناوين ولا كلمات سر ولا معرّفات جلسات.',
    searchMessages: 'البحث في الرسائل',
    copyMessages: 'نسخ الرسائل',
    noMessages: 'لا رسائل بعد. تظهر حين يتصل التطبيق بمجمّع.',
    sent: 'مُرسَلة',
    received: 'مُستلَمة',
  },
  health: {
    lead: 'ما يقدّمه هذا الحاسوب للتعدين، وكيف تُصلح ما ينقصه.',
    run: 'إعادة الفحص',
    running: 'جارٍ الفحص…',
    copy: 'نسخ التقرير',
    copyHint: 'لا يحتوي التقرير على عنوانك.',
    failedTitle: 'تعذّر إجراء الفحص',
    statuses: {
      ok: 'سليم',
      warn: 'يحتاج إلى انتباه',
      unknown: 'غير معروف',
    },
    allGood: 'كل شيء على ما يرام.',
    toLookAt_zero: 'لا شيء يحتاج إلى انتباه.',
    toLookAt_one: 'أمر واحد يحتاج إلى انتباه.',
    toLookAt_two: 'أمران يحتاجان إلى انتباه.',
    toLookAt_few: '{{count}} أمور تحتاج إلى انتباه.',
    toLookAt_many: '{{count}} أمرًا يحتاج إلى انتباه.',
    toLookAt_other: '{{count}} أمر يحتاج إلى انتباه.',
    fix: 'ما العمل',
    commands: {
      now: 'الآن، حتى إعادة التشغيل التالية',
      atBoot: 'عند كل تشغيل للحاسوب',
      lasting: 'الآن ومن الآن فصاعدًا',
      undo: 'للتراجع عنه',
    },
    runHint:
      'Run command asks the system to run exactly this command. The system asks for an administrator’s password, which this app never sees.', // untranslated
    runPrompt: 'Answer the system’s prompt.', // untranslated
    runEnds: {
      ran: 'The command has run, and everything was checked again.', // untranslated
      dismissed: 'You closed the system’s prompt. The command was not run.', // untranslated
      notAllowed: 'The system did not allow it. The command was not run.', // untranslated
    },
    results: 'النتائج',
    selfTest: 'المحرّك',
    selfTestRun: 'اختبار المحرّك',
    selfTesting: 'جارٍ الاختبار…',
    selfTestHint:
      'يحسب هاشات نتائجها منشورة مع RandomX، بالشيفرة المولّدة وبدونها. ويفعل المحرّك الشيء نفسه من تلقاء نفسه قبل حصته الأولى.',
    selfTestRight: 'كل الهاشات صحيحة، وعددها {{hashes}} (\u200e{{seconds}} s\u200e).',
    selfTestWrong:
      'هاشات خاطئة: {{ways}}. ألغِ أي رفع لتردد المعالج أو الذاكرة وتحقق من الحرارة. إن استمر الأمر فأبلغ عنه مع طراز معالجك.',
    pagesGain: 'ما تجلبه الصفحات الضخمة هنا',
    pagesGainRun: 'قياس المكسب',
    pagesGainMeasuring: 'جارٍ القياس…',
    pagesGainHint:
      'يحسب هاشات بالصفحات الضخمة وبدونها بالتناوب، بالخيوط نفسها، لنحو نصف دقيقة. لا يُرسَل شيء ولا يُكسَب شيء. ويشغل في أثناء ذلك \u200e5 GiB\u200e من الذاكرة.',
    pagesGainFaster:
      'على هذا الحاسوب يكون التعدين أسرع بنسبة {{gain, percent}} مع الصفحات الضخمة: \u200e{{huge}}\u200e معها، و\u200e{{small}}\u200e بدونها.',
    pagesGainAlike:
      'على هذا الحاسوب لا تُحدث الصفحات الضخمة فرقًا: \u200e{{huge}}\u200e معها، و\u200e{{small}}\u200e بدونها.',
    pagesGainOf_zero: 'قيس بلا خيوط ({{pages, pages}}).',
    pagesGainOf_one: 'قيس بخيط واحد ({{pages, pages}}).',
    pagesGainOf_two: 'قيس بخيطين ({{pages, pages}}).',
    pagesGainOf_few: 'قيس بـ {{count}} خيوط ({{pages, pages}}).',
    pagesGainOf_many: 'قيس بـ {{count}} خيطًا ({{pages, pages}}).',
    pagesGainOf_other: 'قيس بـ {{count}} خيط ({{pages, pages}}).',
    pagesGainNone:
      'لا يمنح النظام صفحات ضخمة الآن، فلا شيء للمقارنة. تجد ما يشغّلها في «الصفحات الضخمة».',
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
      memory: 'الذاكرة',
      hugePages: 'الصفحات الضخمة',
      transparentPages: 'الصفحات الضخمة الشفافة',
      aes: 'تعليمات AES',
      jit: 'الشيفرة المولّدة',
      dns: 'اسم المجمّع',
      tls: 'التشفير',
      clock: 'الساعة',
      virtualMachine: 'Virtual machine', // untranslated
      numa: 'Memory layout (NUMA)', // untranslated
      temperature: 'Temperature', // untranslated
      energy: 'Energy use', // untranslated
      antivirus: 'Antivirus', // untranslated
      battery: 'رصد البطارية',
      idle: 'رصد الخمول',
      tray: 'أيقونة علبة النظام',
    },
    remarks: {
      memoryLightChosen: 'الوضع الخفيف مختار في الإعدادات، وهو يحتاج إلى \u200e256 MiB.',
      memoryFast: 'لدى الوضع السريع \u200e2.3 GiB التي يحتاج إليها.',
      memoryUnknown: 'لا يُبلغ هذا الحاسوب عن مقدار الذاكرة الحرة.',
      memoryFree:
        'الذاكرة الحرة: \u200e{{bytes, gibibytes}}\u200e. يحتاج الوضع السريع إلى نحو \u200e3 GiB.',
      memoryShort:
        'الذاكرة الحرة: \u200e{{bytes, gibibytes}}\u200e. يحتاج الوضع السريع إلى نحو \u200e3 GiB، لذا كان هذا الحاسوب سيعدّن في الوضع الخفيف، وهو أبطأ عدة مرات.',
      memoryShortNow:
        'الذاكرة الحرة: \u200e{{bytes, gibibytes}}\u200e. يحتاج الوضع السريع إلى نحو \u200e3 GiB، لذا يعدّن هذا الحاسوب الآن في الوضع الخفيف، وهو أبطأ عدة مرات.',
      memoryFix: 'أغلق برامج أخرى، ثم أوقف التعدين وابدأه من جديد.',
      pagesGood: 'الصفحات الضخمة قيد الاستخدام.',
      pagesFree_zero: 'لا صفحات ضخمة حرة بحجم \u200e2 MiB.',
      pagesFree_one: 'صفحة ضخمة واحدة بحجم \u200e2 MiB حرة.',
      pagesFree_two: 'صفحتان ضخمتان بحجم \u200e2 MiB حرتان.',
      pagesFree_few: '{{count, integer}} صفحات ضخمة بحجم \u200e2 MiB حرة.',
      pagesFree_many: '{{count, integer}} صفحة ضخمة بحجم \u200e2 MiB حرة.',
      pagesFree_other: '{{count, integer}} صفحة ضخمة بحجم \u200e2 MiB حرة.',
      pagesShort_zero:
        'عدد الصفحات الضخمة اللازمة بحجم \u200e2 MiB\u200e: {{needed, integer}}؛ والحرة: {{free, integer}}.',
      pagesShort_one:
        'يحتاج خيط واحد إلى صفحات ضخمة بحجم \u200e2 MiB\u200e عددها {{needed, integer}}؛ والحرة: {{free, integer}}.',
      pagesShort_two:
        'يحتاج خيطان إلى صفحات ضخمة بحجم \u200e2 MiB\u200e عددها {{needed, integer}}؛ والحرة: {{free, integer}}.',
      pagesShort_few:
        'تحتاج {{count}} خيوط إلى صفحات ضخمة بحجم \u200e2 MiB\u200e عددها {{needed, integer}}؛ والحرة: {{free, integer}}.',
      pagesShort_many:
        'يحتاج {{count}} خيطًا إلى صفحات ضخمة بحجم \u200e2 MiB\u200e عددها {{needed, integer}}؛ والحرة: {{free, integer}}.',
      pagesShort_other:
        'يحتاج {{count}} خيط إلى صفحات ضخمة بحجم \u200e2 MiB\u200e عددها {{needed, integer}}؛ والحرة: {{free, integer}}.',
      pagesTransparent: 'تُستخدم بدلًا منها الصفحات الضخمة الشفافة، وهي تقاربها أداءً.',
      pagesUnknown: 'لا يُبلغ هذا الحاسوب عن صفحاته الضخمة.',
      pagesInUse:
        'مجموعة البيانات: {{dataset, pages}}. الذاكرة المخبئة: {{cache, pages}}. \u200fScratchpads: {{scratchpads, pages}}.',
      pagesFix:
        'احجزها، ثم أوقف التعدين وابدأه من جديد. عندها يتطلب كل وصول إلى الذاكرة خطوات أقل، وهذا عادةً أكبر مكسب ممكن. لا تستطيع البرامج الأخرى في أثناء ذلك استخدام هذه الـ \u200e{{bytes, gibibytes}}.',
      pagesFixBeside:
        'احجزها، ثم أوقف التعدين وابدأه من جديد. هي أضمن من الشفافة، وأسرع منها قليلًا في كثير من الأحيان. لا تستطيع البرامج الأخرى في أثناء ذلك استخدام هذه الـ \u200e{{bytes, gibibytes}}.',
      thpOn: 'يعطي النظام صفحات ضخمة للبرامج التي تطلبها، كما يفعل هذا البرنامج.',
      thpNotNeeded: 'هي مُعطّلة ولا حاجة إليها: حُجز ما يكفي من الصفحات الضخمة.',
      thpOff: 'لا يعطي النظام صفحات ضخمة من تلقاء نفسه.',
      thpFix:
        'اسمح للبرامج التي تطلب الصفحات الضخمة بالحصول عليها، ثم أوقف التعدين وابدأه من جديد. يحقق هذا معظم ما تحققه الصفحات الضخمة، بلا حجز أي ذاكرة.',
      thpUnknown: 'لا يُبلغ هذا الحاسوب عنها.',
      aesFound: 'يدعم المعالج تعليمات AES.',
      aesMissing: 'لا يدعم المعالج تعليمات AES. التعدين أبطأ بكثير بدونها.',
      aesFix:
        'إن كانت هذه آلة افتراضية فاضبط نوع معالجها على «host». وإلا فهذا المعالج أقدم من أن يعدّن جيدًا.',
      aesUnknown: 'تعذّر تحميل محرّك التعدين، لذا لم يمكن فحص المعالج.',
      jitUsed: 'تعمل برامج RandomX كشيفرة آلة مولّدة (\u200e{{path}}\u200e).',
      jitMissing:
        'تُفسَّر برامج RandomX تفسيرًا، وهو أبطأ مرات كثيرة. إما أن النظام يمنع الشيفرة المولّدة، وإما أن هذا المعالج غير مدعوم.',
      jitFix: 'اسمح لهذا التطبيق في برنامج الحماية لديك بتشغيل الشيفرة المولّدة.',
      jitUnknown: 'يُعرف بعد بدء التعدين.',
      poolNone: 'لم يُختر مجمّع بعد.',
      poolPractice: 'مجمّع التدريب موجود داخل هذا التطبيق.',
      nameFound: 'عُثر على \u200e{{host}}\u200e.',
      nameNotFound: 'تعذّر الاستعلام عن \u200e{{host}}\u200e.',
      nameFix: 'تحقق من تهجئة عنوان المجمّع ومن اتصالك بالإنترنت.',
      nameByProxy: 'يستعلم الوكيل عن \u200e{{host}}\u200e.',
      nameNotAsked: 'لم يُستعلم عن \u200e{{host}}\u200e: لا يفعل التطبيق ذلك إلا أثناء التعدين.',
      tlsUsed: 'الاتصال مشفّر.',
      tlsNotNeeded: 'لا يغادر الاتصال هذا الحاسوب أبدًا.',
      tlsByTor: 'يشفّر Tor الاتصال بعنوان onion.',
      tlsMissing:
        'الاتصال غير مشفّر. يستطيع أي أحد بينك وبين المجمّع أن يقرأ عنوانك ويحوّل حصصك إلى غيرك.',
      tlsFix: 'استخدم منفذ TLS في المجمّع إن وُجد.',
      tlsMissingToNode:
        'الاتصال بالعقدة غير مشفّر. يستطيع أي أحد بينك وبين العقدة أن يحوّل مكافآتك إلى غيرك.',
      tlsFixOfNode: 'اتصل بالعقدة عبر TLS، أو شغّلها على هذا الحاسوب.',
      clockKept: 'يُبقي خادم وقت الساعةَ مضبوطة.',
      clockBehind: 'الساعة متأخرة شهورًا أو سنوات.',
      clockAlone: 'لا خادم وقت يُبقي الساعة مضبوطة.',
      clockFix:
        'شغّل ضبط الوقت التلقائي في إعدادات نظامك. تحتاج الشهادات والمحفوظات إلى الوقت الصحيح.',
      clockUnknown: 'تبدو الساعة معقولة. لا يُبلغ هذا النظام هل يُبقيها خادم وقت مضبوطة أم لا.',
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
      batteryKnown: 'يُبلغ النظام متى يعمل بالبطارية، لذا يعمل خيار «إيقاف مؤقت على البطارية».',
      batteryUnknown: 'لم يُعثر على بطارية، لذا لا أثر لخيار «إيقاف مؤقت على البطارية».',
      idleKnown: 'يُبلغ النظام هل الحاسوب قيد الاستخدام أم لا.',
      idleUnknown: 'لا يُبلغ سطح المكتب هذا هل الحاسوب قيد الاستخدام أم لا.',
      trayShown: 'يعرض سطح المكتب أيقونات علبة النظام.',
      trayMissing: 'لا يعرض سطح المكتب أيقونات علبة النظام، لذا تبقى النافذة مفتوحة أثناء التعدين.',
      trayFix:
        'في GNOME، ثبّت الإضافة «AppIndicator and KStatusNotifierItem Support» ثم سجّل الدخول من جديد. عندها يمكن إخفاء النافذة أثناء التعدين. في Debian وUbuntu:',
    },
    report: {
      title: 'تقرير Ibctminer {{version}} على {{platform}}',
      cpu: 'المعالج: {{name}}',
      state: 'الحالة: {{why}}',
    },
  },
  about: {
    lead: 'تعدين Monero بمعالج حاسوبك. لا يعمل شيء قبل أن تضغط «بدء».',
    version: 'الإصدار {{version}}',
    fee: 'الرسوم \u200e0%',
    versions: 'الإصدارات',
    application: 'Ibctminer',
    electron: 'Electron',
    chrome: 'Chromium',
    node: 'Node.js',
    platform: 'النظام',
    library: 'المكتبة الأصلية (SHA-256)',
    libraryNone: 'غير محمّلة',
    settingsFolder: 'مجلد الإعدادات',
    oldElectron:
      'تعمل هذه النسخة على Electron {{version}}، الذي لم يعد يتلقى إصلاحات أمنية: تعذّر تنزيل النسخة الرسمية عند إعدادها. هي للتطوير والاختبار. لا تمرّرها إلى أحد.',
    trust: 'التزاماتنا',
    rules: {
      start:
        'لا يُحسب أي هاش قبل أن توافق وتضغط «بدء». وحتى ذلك الحين لا يُتصل بمجمّع إلا عندما تختبره أو تقيسه.',
      visible: 'أثناء التعدين تكون نافذة أو أيقونة في علبة النظام ظاهرة باسم التطبيق نفسه.',
      fee: 'تعدّن لعنوانك أنت. الرسوم \u200e0%\u200e.',
      practice: 'التدريب والقياسات لا ترسل عملًا إلى أحد.',
      // untranslated
      rights:
        'It never gives itself administrator rights. It shows the commands that need them, and runs one only when you press Run command and the system’s own prompt allows it.',
      system: 'لا يحمّل أي برنامج تشغيل (driver)، ولا يغيّر إعدادات مكافح الفيروسات أو الطاقة.',
      updates: 'لا ينزّل برامج من وراء ظهرك.',
      quit: 'الإنهاء لا يترك أي عملية خلفه.',
      privacy: 'السجلات والتقارير لا تتضمن عنوانك. لا تُجمع بيانات عن استخدامك.',
    },
    files: 'هل هذه الملفات أصلية؟',
    filesHint: 'يقارن كل ملف في هذا التطبيق بالقائمة التي وُقّعت عند إصداره. لا يُرسَل شيء.',
    filesCompare: 'مقارنة الملفات',
    filesComparing: 'جارٍ المقارنة…',
    filesUnsigned:
      'جاءت هذه النسخة بلا قائمة موقّعة، كما هي نسخ التطوير. لا يمكن معرفة ما صُنعت منه.',
    filesSame_zero: 'لا ملفات مطابقة لما أُصدر (\u200e{{signedAs}}\u200e).',
    filesSame_one: 'ملف واحد مطابق لما أُصدر (\u200e{{signedAs}}\u200e).',
    filesSame_two: 'الملفان كلاهما مطابقان لما أُصدر (\u200e{{signedAs}}\u200e).',
    filesSame_few: 'كل الملفات مطابقة لما أُصدر، وعددها {{count}} (\u200e{{signedAs}}\u200e).',
    filesSame_many: 'كل الملفات مطابقة لما أُصدر، وعددها {{count}} (\u200e{{signedAs}}\u200e).',
    filesSame_other: 'كل الملفات مطابقة لما أُصدر، وعددها {{count}} (\u200e{{signedAs}}\u200e).',
    filesDiffer: 'هذه الملفات ليست كما أُصدرت. ثبّت التطبيق من جديد من مصدر تثق به.',
    filesChanged: 'معدّلة: \u200e{{files}}',
    filesMissing: 'ناقصة: \u200e{{files}}',
    filesAdded: 'ليست منا: \u200e{{files}}',
    filesOutside:
      'البرنامج المعدّل قد يكذب بشأن نفسه. للتحقق من الخارج، بالمفتاح المنشور في صفحة الويب:',
    licences: 'الرخص',
    licence: 'تطبيق Ibctminer برنامج حر برخصة MIT.',
    builtWith: 'بُني باستخدام',
    links: 'لمعرفة المزيد',
    howMiningWorks: 'كيف يعمل التعدين',
    hugePages: 'شرح الصفحات الضخمة',
    source: 'الشيفرة المصدرية',
    getWallet: 'الحصول على محفظة',
  },
  connections: {
    title: 'الاتصالات',
    hint: 'كل ما يتصل به التطبيق أو يستمع عليه. تُسأل خدمة الأسماء في نظامك عن الأسماء الواردة بينها. لا يُتصل بأي شيء آخر.',
    purpose: 'الغرض',
    place: 'المكان',
    last: 'آخر فتح',
    bytes: 'Sent / received', // untranslated
    bytesHint: 'Bytes are counted since launch, encryption included.', // untranslated
    state: 'الآن',
    never: 'لم يُفتح منذ التشغيل',
    on: 'مفتوح',
    off: 'مغلق',
    anyPort: '\u200e{{host}}\u200e، أي منفذ حر',
    purposes: {
      pool: 'المجمّع: عمل وحصص، مع عنوان محفظتك. أثناء تعدينك وعندما تختبره.',
      node: 'العقدة: كتل للتعدين، مع عنوان محفظتك. أثناء تعدينك وعندما تختبرها.',
      nodeNews: 'العقدة: أخبار الكتل، أثناء تعدينك.',
      latency: 'مجمّع معروف: يُتصل به ثم يُغادَر لقياس زمن استجابته. لا يُرسَل شيء. عندما تطلب ذلك.',
      account:
        'واجهة الويب للمجمّع: رصيدك هناك، ويُسأل عنه بعنوان محفظتك. كل خمس دقائق أثناء تعدينك أو نظرك إليه، إن فعّلت ذلك.',
      practice: 'مجمّع التدريب، داخل التطبيق. أثناء تدرّبك.',
      updates:
        'الإصدارات الجديدة: ملفان صغيران، ولا شيء عنك. مرة في اليوم إن فُعّل في الإعدادات. والبرنامج نفسه عندما تضغط «تنزيل».',
      api: 'واجهة المراقبة: تسأل برامج على هذا الحاسوب فيجيب التطبيق. إن فُعّلت في الإعدادات.',
    },
  },
  uninstall: {
    title: 'إلغاء التثبيت',
    hint: 'يعرض كل ما أنشأه التطبيق على هذا الحاسوب، ويزيل ما لا تُبقيه.',
    open: 'إلغاء التثبيت…',
    askTitle: 'هل تريد إلغاء تثبيت Ibctminer؟',
    askText:
      'هذا كل ما أنشأه التطبيق على هذا الحاسوب. يتوقف التعدين، ويُحذف ما لا تُبقيه نهائيًا. عملاتك في أمان: فهي في محفظتك، لا في هذا التطبيق.',
    nothing: 'لم يكتب التطبيق شيئًا على هذا الحاسوب.',
    made: {
      settings: 'الإعدادات وعنوان المحفظة والمجمّعات',
      history: 'محفوظات التعدين',
      logs: 'السجل',
      tuning: 'قياسات الأداء',
      marker: 'علامة على أن التعدين جارٍ',
      window: 'حجم النافذة ومكانها',
      loginItem: 'الفتح عند تسجيل الدخول',
      browser: 'الذاكرة المخبئة للنافذة',
      lock: 'علامة على أن التطبيق يعمل',
      update: 'إصدار أحدث، منزَّل',
      folder: 'مجلد التطبيق',
    },
    keep: {
      settings: 'الإبقاء على الإعدادات وعنوان المحفظة والمجمّعات',
      history: 'الإبقاء على المحفوظات',
      tuning: 'الإبقاء على قياسات الأداء (يستخدمها المعدّن الطرفي أيضًا)',
    },
    foreign: 'لم ينشئها التطبيق، لذا تُترك كما هي: \u200e{{names}}',
    confirm: 'إيقاف التعدين والإزالة',
    removing: 'جارٍ الإزالة…',
    doneTitle: 'أتمّ Ibctminer التنظيف',
    partlyTitle: 'تعذّرت إزالة بعض الأشياء',
    doneText: 'أنهِ التطبيق الآن؛ فأي شيء آخر سيكتب بعض ذلك من جديد.',
    fates: {
      removed: 'أُزيل',
      kept: 'أُبقي عليه',
      atQuit: 'يزول عند الإنهاء',
      afterQuit: 'احذفه بعد الإنهاء',
      failed: 'تعذّرت إزالته: {{problem}}',
    },
    programTitle: 'البرنامج نفسه',
    program: {
      deb: 'ثبّته مدير الحزم في نظامك. أزله بالأمر:',
      appImage: 'هو ملف واحد. احذفه بالأمر:',
      folder: 'هو المجلد الذي فككت ضغطه. احذفه بالأمر:',
      nsis: 'أزله من «التطبيقات المثبتة» في Windows، أو بالأمر:',
      mac: 'انقله إلى سلة المهملات، أو احذفه بالأمر:',
      source: 'يعمل من شجرة شيفرته المصدرية. احذفها بالأمر:',
    },
    hugePagesTitle: 'الصفحات الضخمة',
    // untranslated
    hugePages_zero:
      '{{count}} huge pages are reserved. The app never does that without being asked. If it was for mining, undo it with:',
    // untranslated
    hugePages_one:
      '{{count}} huge page is reserved. The app never does that without being asked. If it was for mining, undo it with:',
    // untranslated
    hugePages_two:
      '{{count}} huge pages are reserved. The app never does that without being asked. If it was for mining, undo it with:',
    // untranslated
    hugePages_few:
      '{{count}} huge pages are reserved. The app never does that without being asked. If it was for mining, undo it with:',
    // untranslated
    hugePages_many:
      '{{count}} huge pages are reserved. The app never does that without being asked. If it was for mining, undo it with:',
    // untranslated
    hugePages_other:
      '{{count}} huge pages are reserved. The app never does that without being asked. If it was for mining, undo it with:',
    quit: 'إنهاء',
  },
  close: {
    title: 'هل تريد إغلاق Ibctminer؟',
    mining: 'يمكن أن يستمر التعدين في الخلفية، مع أيقونة في علبة النظام.',
    idle: 'يمكن أن يبقى التطبيق في علبة النظام. هو لا يعدّن الآن.',
    noTray: 'لا توجد علبة نظام في سطح المكتب هذا، لذا لا يستطيع التطبيق مواصلة العمل في الخلفية.',
    background: 'مواصلة العمل في الخلفية',
    quit: 'إنهاء',
    quitMining: 'إيقاف التعدين والإنهاء',
    remember: 'تذكّر اختياري',
  },
  problem: {
    internal: 'حدث خطأ داخل التطبيق: {{reason}}',
    poolUrlEmpty: 'أدخل عنوان مجمّع، مثل pool.example.com:3333.',
    poolUrlWebPage:
      'يدل \u200e{{scheme}}://\u200e على صفحة ويب. ابحث فيها عن عنوان منفذ التعدين في المجمّع، مثل pool.example.com:3333. ولـ monerod الخاص بك اكتب daemon+http://host:port.',
    poolUrlScheme:
      'البادئة \u200e{{scheme}}://\u200e غير مدعومة. اكتب host:port أو stratum+tcp://host:port أو stratum+ssl://host:port.',
    poolUrlHost: 'النص «\u200e{{host}}\u200e» ليس اسم مضيف ولا عنوانًا صالحًا. تحقق من التهجئة.',
    poolUrlHostMissing: 'المضيف ناقص. اكتب host:port، مثل pool.example.com:3333.',
    poolUrlBrackets: 'ضع عنوان IPv6 بين قوسين مربعين: \u200e[{{address}}]:3333\u200e.',
    poolUrlPort: 'النص «{{port}}» ليس منفذًا صالحًا. المنافذ أرقام من 1 إلى 65535.',
    poolUrlPortMissing: 'المنفذ ناقص. اكتب host:port، مثل pool.example.com:3333.',
    poolUrlLogin:
      'اكتب العنوان بلا بيانات دخول: \u200e{{place}}\u200e. لبيانات الدخول حقلها (\u200e--login\u200e و\u200e--pass\u200e في الطرفية).',
    connectionTimedOut:
      'لم يرد \u200e{{place}}\u200e في الوقت المناسب. تحقق من المضيف والمنفذ ومن اتصالك بالإنترنت.',
    connectionRefused: 'رفض \u200e{{place}}\u200e الاتصال. تحقق من المنفذ.',
    connectionFailed:
      'تعذّر الوصول إلى \u200e{{place}}\u200e ({{reason}}). تحقق من المضيف والمنفذ ومن اتصالك بالإنترنت.',
    hostUnreachable: 'لا يمكن الوصول إلى \u200e{{place}}\u200e من هنا. تحقق من اتصالك بالإنترنت.',
    hostNotFound: 'لم يُعثر على \u200e{{host}}\u200e. تحقق من التهجئة.',
    nameServersSilent:
      'تعذّر الاستعلام عن \u200e{{host}}\u200e: لم يرد أي خادم أسماء. تحقق من اتصالك بالإنترنت.',
    proxyUnreachable: 'تعذّر استخدام الوكيل. {{why}}',
    proxyFailed:
      'لم يستطع الوكيل الوصول إلى \u200e{{place}}\u200e ({{reason}}). تحقق من عنوان المجمّع ومن سجل الوكيل.',
    tlsFailed: 'لم يرد \u200e{{place}}\u200e عبر TLS. أوقف TLS، أو استخدم منفذ TLS في المجمّع.',
    tlsExpected: 'هذا منفذ TLS. شغّل TLS لهذا المجمّع.',
    certificateNotTrusted:
      'الشهادة غير موثوقة. {{why}} لا تثق بها إلا إذا كنت تعرف أن بصمتها هي \u200e{{fingerprint}}\u200e، أو اختر مجمّعًا آخر.',
    certificateNotPinned:
      'الشهادة ليست التي ثبّتَّها: المتوقعة \u200e{{pinned}}\u200e، والموجودة \u200e{{found}}\u200e. ربما يعترض أحدهم الاتصال. إن أُعلن عن شهادة جديدة فثبّتها.',
    certificateChanged:
      'تغيّرت الشهادة من \u200e{{first}}\u200e إلى \u200e{{found}}\u200e، ولا تضمن الجديدة أي جهة معروفة. ربما يعترض أحدهم الاتصال. إن أعدت تشغيل P2Pool الخاص بك فابدأ التعدين من جديد لتثق بها.',
    certificateExpired: 'انتهت صلاحيتها في \u200e{{day}}\u200e.',
    certificateNotYetValid: 'ليست صالحة قبل \u200e{{day}}\u200e. تحقق من ساعة هذا الحاسوب.',
    certificateSelfSigned: 'هي موقّعة ذاتيًا.',
    certificateUnknownAuthority: 'لا تضمنها أي جهة يعرفها هذا الحاسوب.',
    certificateOfAnother: 'صدرت لـ \u200e{{names}}\u200e وليس لـ \u200e{{name}}\u200e.',
    certificateUnverified: 'تعذّر التحقق منها ({{reason}}).',
    loginTimedOut: 'لم يرد المجمّع على تسجيل الدخول خلال \u200e{{waitMs, duration}}\u200e.',
    loginTooLong: 'اسم الدخول وكلمة السر واسم جهاز التعدين طويلة جدًا معًا. اختصرها.',
    loginMalformed: 'قبل المجمّع تسجيل الدخول دون أن يعطي معرّف جلسة.',
    sessionIdTooLong: 'معرّف الجلسة من المجمّع أطول من أن يُعاد إرساله.',
    loginRefused: 'رفض المجمّع تسجيل الدخول: «{{said}}». تحقق من عنوان المحفظة ومن إعدادات المجمّع.',
    loginFailed: 'رفض المجمّع تسجيل الدخول: «{{said}}».',
    loginFailedSilently: 'رفض المجمّع تسجيل الدخول ولم يذكر سببًا.',
    poolNotReady: 'لا يستطيع المجمّع قبول تسجيل الدخول الآن: «{{said}}».',
    banned: 'حظر المجمّع هذا الحاسوب لبعض الوقت: «{{said}}».',
    sessionLost: 'نسي المجمّع هذه الجلسة: «{{said}}».',
    noJob: 'قبل المجمّع تسجيل الدخول لكنه لم يرسل أي مهمة خلال \u200e{{waitMs, duration}}\u200e.',
    noJobForLong: 'لم يرسل المجمّع أي مهمة منذ \u200e{{waitMs, roughly}}\u200e.',
    sharesUnanswered_zero: 'لم يرد المجمّع على الحصص الأخيرة.',
    sharesUnanswered_one: 'لم يرد المجمّع على الحصة الأخيرة.',
    sharesUnanswered_two: 'لم يرد المجمّع على آخر حصتين.',
    sharesUnanswered_few: 'لم يرد المجمّع على آخر {{count}} حصص.',
    sharesUnanswered_many: 'لم يرد المجمّع على آخر {{count}} حصة.',
    sharesUnanswered_other: 'لم يرد المجمّع على آخر {{count}} حصة.',
    noShareCounts_zero: 'لم تُحتسب أي حصة. {{why}}',
    noShareCounts_one: 'لم تُحتسب الحصة الأخيرة. {{why}}',
    noShareCounts_two: 'لم تُحتسب أي من آخر حصتين. {{why}}',
    noShareCounts_few: 'لم تُحتسب أي من آخر {{count}} حصص. {{why}}',
    noShareCounts_many: 'لم تُحتسب أي من آخر {{count}} حصة. {{why}}',
    noShareCounts_other: 'لم تُحتسب أي من آخر {{count}} حصة. {{why}}',
    sharesRefusedForNow: 'رُفضت خمس حصص متتالية. {{why}} سيجرّب التطبيق هذا المجمّع من جديد لاحقًا.',
    sharesRefused:
      'رُفضت خمس حصص متتالية. {{why}} توقف التعدين على هذا المجمّع لأن نتائج هذا الحاسوب قد تكون خاطئة. ألغِ أي رفع لتردد المعالج أو الذاكرة، أو جرّب مجمّعًا آخر.',
    poolNotReading: 'توقف المجمّع عن قراءة ما يُرسَل إليه.',
    tooMuchData: 'يرسل المجمّع بيانات أكثر بكثير مما ينبغي لأي مجمّع. تحقق من المنفذ.',
    lineTooLong: 'أرسل المجمّع سطرًا لا ينتهي. تحقق من المنفذ.',
    notStratum: 'لا يتحدث المجمّع بروتوكول stratum. تحقق من المنفذ.',
    webServer: 'هذا المنفذ لخادم ويب. ابحث عن منفذ التعدين في المجمّع.',
    closed: 'أغلق المجمّع الاتصال.',
    closedAtOnce: 'أغلق المجمّع الاتصال دون رد.',
    closedAtOnceTlsPerhaps: 'أغلق المجمّع الاتصال دون رد. إن كان هذا منفذ TLS فشغّل TLS لهذا المجمّع.',
    connectionBroken: 'قطع المجمّع الاتصال.',
    connectionDied: 'انقطع الاتصال: توقف المجمّع عن الرد.',
    connectionEnded: 'انتهى الاتصال ({{reason}}).',
    connectionRenewed: 'كان الحاسوب في سبات أو تغيّرت شبكته. جارٍ إعادة الاتصال.',
    jobMalformed: 'أرسل المجمّع مهمة فيها الحقل {{member}} ناقص أو تالف. جرى تجاهلها.',
    jobsMalformed: 'يرسل المجمّع مهام تالفة. {{why}}',
    jobIdTooLong: 'أرسل المجمّع مهمة معرّفها أطول من أن يُعاد إرساله.',
    algorithmUnknown:
      'أرسل المجمّع مهمة لـ «{{said}}»، وهي ليست خوارزمية Monero. اختر مجمّعًا أو منفذًا آخر.',
    algorithmNotWanted:
      'أرسل المجمّع مهمة لـ {{algorithm}}، لكن لا يُسمح إلا بتعدين {{wanted}}. اختر مجمّعًا أو منفذًا آخر.',
    blockVersionUnknown:
      'أرسل المجمّع كتلة من الإصدار {{version}} لا يستطيع هذا التطبيق تعدينها. اختر مجمّعًا أو منفذًا آخر.',
    blockLayoutUnknown:
      'أرسل المجمّع كتلة بنيتها غير معروفة. اختر مجمّعًا أو منفذًا آخر، أو ابحث عن تحديث لهذا التطبيق.',
    seedHashMissing:
      'أرسل المجمّع مهمة RandomX بلا هاش البذرة (seed hash)، ولا يستطيع أحد تعدينها. اختر مجمّعًا أو منفذًا آخر.',
    jobGone: 'مهمة الحصة تعود إلى اتصال سابق.',
    jobWithdrawn: 'استبدل المجمّع بمهمة الحصة مهمةً لا يمكن تعدينها.',
    difficultyRaised: 'رفع المجمّع منذ ذلك الحين صعوبة هذه المهمة.',
    blockChanged: 'انتقل المجمّع إلى كتلة أخرى قبل العثور على الحصة.',
    shareBelowTarget: 'وجد المحرّك حصة لا تبلغ هدفها. لم تُرسَل.',
    shareNonceDiffers: 'يختلف nonce الحصة عن الموجود في بياناتها (blob). لم تُرسَل.',
    shareNonceReserved: 'يستخدم nonce الحصة بايتًا محجوزًا للمجمّع. لم تُرسَل.',
    shareRepeated: 'عُثر على الحصة نفسها مرتين. أُرسلت مرة واحدة.',
    tooManyShares: 'يطلب المجمّع لكل حصة عملًا قليلًا إلى حد أن هذه الحصة لم تُرسَل.',
    notConnected: 'لم يكن هناك اتصال تُرسَل الحصة عبره.',
    shareUnanswered: 'لم يرد المجمّع على هذه الحصة خلال دقيقة.',
    shareCutOff: 'انتهى الاتصال قبل أن يرد المجمّع على هذه الحصة.',
    poolLeft: 'غادر التطبيق المجمّع قبل أن يرد على هذه الحصة.',
    shareLate: 'وصلت الحصة إلى المجمّع متأخرة: «{{said}}».',
    shareRefused: 'رفض المجمّع حصة: «{{said}}».',
    shareRefusedSilently: 'رفض المجمّع حصة ولم يذكر سببًا.',
    poolGivesNoWork: 'هذا المجمّع لا يعطي عملًا، لكن مجمّعًا آخر في قائمتك يعطيه.',
    earlierPoolWorks: 'عاد مجمّع أعلى في قائمتك إلى العمل.',
    noPoolLeft: 'لا يعمل أي مجمّع في القائمة. {{why}}',
    nodeUrlEmpty: 'أدخل عنوان monerod، مثل \u200e127.0.0.1:18081\u200e.',
    nodeUrlScheme:
      'لا يمكن الوصول إلى monerod بالبادئة \u200e{{scheme}}://\u200e. اكتب host:port أو http://host:port أو https://host:port.',
    nodeUrlLogin:
      'تعذّرت قراءة بيانات الدخول في هذا العنوان. اكتب user:password@host:port، مع \u200e%40\u200e بدل \u200e@\u200e و\u200e%3A\u200e بدل \u200e:\u200e و\u200e%2F\u200e بدل \u200e/\u200e و\u200e%25\u200e بدل \u200e%\u200e.',
    nodeUrlPath: 'ما بعد عنوان العقدة، «\u200e{{path}}\u200e»، ليس مسارًا صالحًا. احذفه.',
    nodeUrlQuery:
      'النص «\u200e{{query}}\u200e» غير مدعوم. لا يجوز أن يتبع العنوان إلا \u200e?zmq=PORT\u200e، وهو منفذ \u200e--zmq-pub\u200e في monerod.',
    nodeLoginNeeded:
      'تطلب العقدة تسجيل الدخول. أدخل اسم المستخدم وكلمة السر من خيارها \u200e--rpc-login\u200e.',
    nodeLoginRefused: 'رفضت العقدة اسم المستخدم أو كلمة السر. تحقق منهما.',
    nodeLoginUnknown: 'يطلب الخادم الذي أمام العقدة نوعًا من تسجيل الدخول غير مدعوم.',
    nodeLoginInClear:
      'يريد الخادم الذي أمام العقدة كلمة السر بلا تشفير. استخدم TLS (\u200ehttps://\u200e) حتى لا يقرأها أحد.',
    nodeRefused: 'ردّت العقدة: «{{said}}».',
    nodeHttpStatus:
      'ردّت العقدة بحالة HTTP \u200f{{status}}. تحقق من أن هذا منفذ RPC في monerod، ومن المسار إن وُجد.',
    nodeNotMonerod: 'ما يرد هناك ليس monerod (طُلب منه {{asked}}). تحقق من أن هذا منفذ RPC فيه.',
    nodeAnswerTooLong: 'رد العقدة طويل جدًا. تحقق من أن هذا منفذ RPC في monerod.',
    nodeTimeout: 'لم ترد العقدة خلال \u200e{{limitMs, duration}}\u200e.',
    nodeClosed:
      'أغلق \u200e{{place}}\u200e الاتصال دون رد. تحقق من أن monerod يعمل وأن هذا منفذ RPC فيه. وربما يريد TLS (\u200ehttps://\u200e).',
    nodeNotHttp:
      'لا يتحدث \u200e{{place}}\u200e بروتوكول HTTP. تحقق من أن هذا منفذ RPC في monerod. وربما يريد TLS (\u200ehttps://\u200e).',
    nodeConnectionLost: 'فشل الاتصال بـ \u200e{{place}}\u200e ({{reason}}).',
    nodeWrongNetwork:
      'العقدة على شبكة {{nodeNetwork}}، لكن عنوان المحفظة على {{network}}. استخدم عقدة من تلك الشبكة.',
    nodeSyncing: 'ما زالت العقدة تتزامن. يبدأ التعدين من تلقاء نفسه حين تنتهي.',
    nodeSyncingAt:
      'ما زالت العقدة تتزامن (الكتلة {{height, integer}} من {{target, integer}}). يبدأ التعدين من تلقاء نفسه حين تنتهي.',
    nodeUntrusted:
      'ما زالت العقدة تتزامن وتنقل ما تقوله عقدة أخرى، لذا لا تستطيع نشر كتلة. يبدأ التعدين من تلقاء نفسه حين تنتهي.',
    nodeAddressRefused: 'لا تقبل العقدة عنوان المحفظة هذا. تحقق منه.',
    nodeSubaddress: 'يحتاج التعدين المنفرد إلى عنوان أساسي يبدأ بالرقم 4. هذا عنوان فرعي.',
    nodeIntegrated:
      'A node drops the payment ID of an integrated address, so nobody could tell whom a reward is for. Solo mining needs a primary address.', // untranslated
    nodeOldBlock:
      'تطلب العقدة كتلة من الإصدار {{version}}، السابق لـ RandomX. تحقق من أن العقدة متزامنة.',
    nodeUnknownLayout:
      'تطلب العقدة كتلة بنيتها غير معروفة (الإصدار {{version}}). ابحث عن تحديث لهذا التطبيق.',
    nodeOtherAlgorithm: 'تطلب العقدة {{algorithm}}، لكن لا يُسمح إلا بتعدين {{only}}.',
    nodeUnproven:
      'لا شيء يثبت أن \u200e{{host}}\u200e هي عقدتك. يستطيع أي أحد في الطريق أن يوزّع عملًا يدفع لغيرك. استخدم TLS مع شهادة تثق بها.',
    nodeNoPublisher: 'ليس \u200e{{place}}\u200e ناشر ZMQ الخاص بـ monerod.',
    nodeNotAnnouncing:
      'لا تعلن العقدة عن الكتل الجديدة، لذا يسألها التطبيق مرة كل ثانية. تحقق من \u200e--zmq-pub\u200e في monerod. {{reason}}',
    blockSuperseded: 'في السلسلة كتلة أحدث من التي يقوم عليها هذا الحل.',
    blockTemplateUsed: 'لهذه الكتلة حل بالفعل. لا يمكن أن ينضم حل ثانٍ إلى السلسلة.',
    blockTooEasy: 'لا يبلغ الهاش صعوبة الكتلة.',
    blockOrphaned: 'سبقتها كتلة أخرى على الارتفاع نفسه.',
    blockMissing: 'قبلت العقدة الكتلة لكنها ليست لديها.',
    blockUndelivered: 'تعذّر تسليم الكتلة قبل فوات الأوان. {{reason}}',
    blockUnanswered: 'غادر التطبيق العقدة قبل أن ترد على هذا الحل.',
    practiceNoServer: 'تعذّر تشغيل مجمّع التدريب على هذا الحاسوب: {{reason}}.',
    addressMissing: 'أدخل عنوان Monero الخاص بك.',
    addressOtherCoin: 'يبدو هذا عنوانًا لـ {{coin}}. أدخل عنوان Monero، وهو يبدأ بالرقم 4 أو 8.',
    addressIsSecret:
      'تبدو هذه عبارة استرداد أو مفتاحًا سريًا. لا تعطها لأحد أبدًا: من يملكها يستطيع أخذ مالك. أدخل عنوان محفظتك، وهو يبدأ بالرقم 4 أو 8.',
    addressIsName:
      'النص «{{name}}» اسم وليس عنوانًا. لا يستعلم التطبيق عن الأسماء. أدخل عنوان Monero نفسه كما تعرضه محفظتك.',
    addressWithMail:
      'هذا عنوان يليه اسم عامل (worker) أو بريد إلكتروني. أدخل العنوان وحده. إن أراد المجمّع أكثر في اسم الدخول فاستخدم حقله (\u200e--login\u200e في الطرفية).',
    addressGap_zero: 'توجد مسافة أو فاصل أسطر قبل الحرف الأول. انسخ العنوان من جديد قطعة واحدة.',
    addressGap_one: 'توجد مسافة أو فاصل أسطر بعد الحرف الأول. انسخ العنوان من جديد قطعة واحدة.',
    addressGap_two: 'توجد مسافة أو فاصل أسطر بعد الحرف الثاني. انسخ العنوان من جديد قطعة واحدة.',
    addressGap_few:
      'توجد مسافة أو فاصل أسطر بعد الحرف رقم {{count}}. انسخ العنوان من جديد قطعة واحدة.',
    addressGap_many:
      'توجد مسافة أو فاصل أسطر بعد الحرف رقم {{count}}. انسخ العنوان من جديد قطعة واحدة.',
    addressGap_other:
      'توجد مسافة أو فاصل أسطر بعد الحرف رقم {{count}}. انسخ العنوان من جديد قطعة واحدة.',
    addressForeign:
      'الحرف رقم {{position}} خاطئ: لا يرد «{{character}}» في عنوان Monero أبدًا. انسخ العنوان من جديد.',
    addressInvisible:
      'الحرف رقم {{position}} غير مرئي ({{character}}) ولا مكان له في العنوان. انسخ العنوان من جديد بلا أي شيء حوله.',
    addressTooShort_zero: 'هذا أقصر من أن يكون عنوان Monero. انسخ العنوان كاملًا من جديد.',
    addressTooShort_one: 'ينقص حرف واحد: في العنوان 95 حرفًا. انسخ العنوان كاملًا من جديد.',
    addressTooShort_two:
      'هذا أقصر من أن يكون عنوان Monero: ينقص حرفان من 95. انسخ العنوان كاملًا من جديد.',
    addressTooShort_few:
      'هذا أقصر من أن يكون عنوان Monero: تنقص {{count}} أحرف من 95. انسخ العنوان كاملًا من جديد.',
    addressTooShort_many:
      'هذا أقصر من أن يكون عنوان Monero: ينقص {{count}} حرفًا من 95. انسخ العنوان كاملًا من جديد.',
    addressTooShort_other:
      'هذا أقصر من أن يكون عنوان Monero: ينقص {{count}} حرف من 95. انسخ العنوان كاملًا من جديد.',
    addressOneTooMany: 'يوجد حرف زائد: في العنوان 95 حرفًا. انسخ العنوان كاملًا من جديد.',
    addressTooLong:
      'عدد الأحرف هنا {{length}}. في عنوان Monero \u200f95 حرفًا، وفي العنوان المدمج 106. انسخ العنوان كاملًا من جديد.',
    addressWrongCharacter:
      'حرف واحد خاطئ، وهو في الموضع {{position}}. انسخ العنوان من محفظتك من جديد.',
    addressSwapped:
      'تبادل حرفان متجاوران مكانيهما: الموضعان {{first}} و{{second}}. انسخ العنوان من محفظتك من جديد.',
    addressChecksum:
      'بعض أحرف هذا العنوان خاطئة: مجموع التحقق لا يطابق. انسخ العنوان من محفظتك من جديد.',
    addressUnknownKind:
      'ليس هذا عنوان Monero، مع أن مجموع التحقق فيه صحيح. انسخ العنوان من محفظتك من جديد.',
    addressTestNetwork:
      'هذا عنوان على {{network}}، ولا يحمل مالًا حقيقيًا. أدخل عنوانًا على شبكة Monero الرئيسية.',
    addressWrongNetwork: 'هذا عنوان على {{network}}. أدخل عنوانًا على {{wanted}}.',
    addressLinkOfWallet:
      'يحمل هذا الرابط مفاتيح محفظة. لا تلصقه في أي مكان أبدًا. أدخل العنوان وحده، وهو يبدأ بالرقم 4 أو 8.',
    addressLinkMalformed: 'تعذّرت قراءة رابط الدفع هذا. أدخل العنوان وحده، وهو يبدأ بالرقم 4 أو 8.',
    addressLinkPaymentId:
      'في رابط الدفع هذا معرّف دفع لا يستطيع التعدين تمريره، لذا قد تضيع مكافآتك. استخدم عنوان محفظة خاصة بك.',
    pictureUnreadable: 'تعذّرت قراءة الصورة: {{reason}}. اختر صورة أخرى.',
    pictureTooLarge:
      'هذه الصورة كبيرة جدًا: الحد \u200e10 MB\u200e و40 ميغابكسل. اقتصّها حول رمز QR ثم أعد المحاولة.',
    pictureUnknown:
      'ليست هذه صورة PNG أو JPEG، أو أنها تالفة. احفظ رمز QR بإحدى الصيغتين ثم أعد المحاولة.',
    pictureWithoutQr: 'لم يُعثر على رمز QR في هذه الصورة. اقتصّها حول رمز QR، أو الصق العنوان.',
    walletRig: 'يتكوّن اسم جهاز التعدين بعد النقطة من 1 إلى 31 من الأحرف والأرقام و«-» و«_».',
    walletDifficulty: 'بعد العلامة «+» اكتب صعوبة الحصة عددًا صحيحًا، مثل ADDRESS+10000.',
    engineMissing: 'محرّك التعدين ناقص. ثبّت التطبيق من جديد، أو نفّذ في المستودع «npm run set-up».',
    engineChanged:
      'عُدّل محرّك التعدين بعد بنائه، لذا لم يُحمَّل. ثبّت التطبيق من جديد، أو نفّذ في المستودع «npm run set-up».',
    engineOutOfMemory:
      'لا توجد ذاكرة حرة كافية. يحتاج الوضع الخفيف إلى نحو \u200e256 MiB، والوضع السريع إلى نحو \u200e2.3 GiB. أغلق برامج أخرى ثم ابدأ من جديد.',
    enginePagesUnavailable: 'لدى النظام عدد قليل جدًا من صفحات الذاكرة بالحجم المطلوب. اختر «auto».',
    engineSelfTestFailed:
      'حسب المحرّك هاشًا خاطئًا في اختباره الذاتي، لذا لا يعدّن. أبلغ عن هذا مع طراز معالجك.',
    engineThreadRefused: 'رفض النظام خيطًا إضافيًا. اختر خيوطًا أقل.',
    engineCpuUnsupported: 'تنقص هذا المعالج مجموعة تعليمات يحتاج إليها المحرّك.',
    engineAlgorithmUnknown: 'لا تعرف هذه النسخة من المحرّك الخوارزمية. حدّث التطبيق.',
    engineFault: 'فشل محرّك التعدين: {{reason}}',
    engineWarning: 'يواصل محرّك التعدين العمل لكنه يُبلغ: {{reason}}',
    fastModeNeedsMemory:
      'يحتاج الوضع السريع إلى نحو \u200e2.3 GiB من الذاكرة الحرة، أي أكثر مما لدى هذا الحاسوب الآن. يستمر التعدين في الوضع الخفيف، وهو أبطأ عدة مرات.',
    fastPathWrong:
      'حسبت إحدى طرق الحساب السريعة هاشًا خاطئًا في الاختبار الذاتي، فلا تُستخدم. أبلغ عن هذا مع طراز معالجك.',
    generatedCodeForbidden:
      'يمنع النظام الشيفرة المولّدة، لذا يُستخدم المفسّر الأبطأ بكثير. اسمح لهذا التطبيق في برنامج الحماية لديك بتشغيل الشيفرة المولّدة.',
    wrongShare:
      'تبيّن عند إعادة الحساب أن حصة كانت خاطئة، لذا لم تُرسَل. المعالج أو الذاكرة غير مستقر: ألغِ أي رفع للتردد وتحقق من الحرارة.',
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
      'لم يبدأ تلقائيًا: لم ينتهِ Ibctminer في المرة الماضية كما ينبغي. اضغط «بدء» للتعدين.',
    noPlan: 'لا يوجد بعد ما يُعدَّن عليه. اختر أولًا مجمّعًا أو التدريب.',
    noJobYet: 'سُجّل الدخول، وبانتظار المهمة الأولى.',
    noncesExhausted: 'جُرّبت كل قيم nonce في هذه المهمة. بانتظار المهمة التالية.',
    stalled: 'لم تُتمّ خيوط التعدين هاشًا منذ 10 ثوانٍ. ربما يكون الحاسوب مشغولًا جدًا أو كان في سبات.',
    answerNotAwaited: 'توقف التعدين قبل أن يأتي الرد على هذه الحصة.',
    consentMissing: 'وافق أولًا على التعدين على هذا الحاسوب.',
    noPool: 'اختر أولًا مجمّعًا أو التدريب.',
    noWallet: 'أدخل أولًا عنوان Monero لمكافآتك.',
    measuring: 'يجري قياس هذا الحاسوب. انتظر حتى ينتهي ذلك، أو ألغِه.',
    notStarted: 'تعذّر بدء التعدين. اضغط «بدء» من جديد.',
    quitting: 'يوشك Ibctminer على الإغلاق. افتحه من جديد للتعدين.',
    miningNow: 'أوقف التعدين أولًا، فهو يشوّه القياس.',
    oldConsent: 'تغيّر النص. اقرأه من جديد قبل أن توافق.',
    noTrial: 'انتهت القوة الكاملة بالفعل. جرّبها من جديد للإبقاء عليها.',
    noPermission: 'رُفض الإذن',
    diskReadOnly: 'القرص للقراءة فقط',
    diskFull: 'القرص ممتلئ',
    fileTooLarge: 'الملف كبير جدًا',
    notAFile: 'ليس ملفًا',
    systemSaid: 'يقول النظام {{said}}',
    notJson: 'صياغة JSON غير صالحة عند السطر {{line}}، العمود {{column}}',
    settingsWrong: 'القيمة «{{where}}» خاطئة: {{said}}',
    settingsFromNewer: 'كتبتها نسخة أحدث من هذا التطبيق',
    settingsSetAside:
      'تعذّرت قراءة إعداداتك: {{fault}}. بدأ التطبيق بإعدادات جديدة واحتفظ بالملف القديم باسم \u200e{{aside}}\u200e.',
    settingsUnusable:
      'تعذّرت قراءة إعداداتك في \u200e{{file}}\u200e: {{reason}}. بدأ التطبيق بإعدادات جديدة ولا يمسّ ذلك الملف، لذا لا تدوم تغييراتك إلا حتى الإنهاء. أصلح الملف أو أذوناته ثم شغّل التطبيق من جديد.',
    settingsNotKept:
      'لا تدوم تغييراتك على الإعدادات إلا حتى الإنهاء: لا يمكن الكتابة في \u200e{{folder}}\u200e ({{reason}}).',
    settingsUnwritable:
      'تعذّر حفظ الإعدادات في \u200e{{file}}\u200e: {{reason}}. تحقق من المساحة الحرة والأذونات ثم أعد المحاولة.',
    tuningUnwritable:
      'تعذّر حفظ القياس في \u200e{{file}}\u200e: {{reason}}. تحقق من المساحة الحرة والأذونات ثم أعد القياس.',
    historyUnwritable:
      'تعذّر حفظ المحفوظات في \u200e{{folder}}\u200e: {{reason}}. يستمر التعدين، ويبقى ما يصل إلى يوم من المحفوظات في الذاكرة حتى يمكن حفظه.',
    historyUndeletable:
      'تعذّر حذف المحفوظات في \u200e{{folder}}\u200e: {{reason}}. تحقق من أذونات ملفاتها ثم أعد المحاولة.',
    exportUnwritable:
      'تعذّر تصدير المحفوظات إلى \u200e{{file}}\u200e: {{reason}}. اختر مجلدًا آخر، أو أفسح مجالًا.',
    logUnwritable:
      'تعذّر حفظ السجل في \u200e{{folder}}\u200e: {{reason}}. يستمر التعدين، وتبقى أحدث الأسطر في الذاكرة.',
    logUnexportable:
      'تعذّر تصدير السجل إلى \u200e{{file}}\u200e: {{reason}}. اختر مجلدًا آخر، أو أفسح مجالًا.',
    folderUnopenable: 'تعذّر فتح المجلد \u200e{{folder}}\u200e: {{said}}.',
    historyDamaged: 'تعذّرت قراءة جزء من المحفوظات في \u200e{{file}}\u200e فتُرك. والباقي سليم.',
    addressReplaced: 'غيّر أحدهم عنوان المحفظة في ملف الإعدادات. يستمر التعدين للعنوان الذي أكّدته.',
    markerUnwritable:
      'تعذّرت كتابة \u200e{{file}}\u200e ({{reason}}). إن انهار التطبيق أثناء التعدين فلن يعلم بذلك عند التشغيل التالي.',
    markerUnremovable:
      'تعذّرت إزالة \u200e{{file}}\u200e ({{reason}}). سيُظن عند التشغيل التالي أن التطبيق انهار.',
    badInput: 'طلبت النافذة شيئًا لا يعرفه التطبيق (\u200e{{channel}}: {{reason}}).',
    untrustedSender: 'لا يُسمح لهذه الصفحة بالتحكم في Ibctminer.',
    placeIsOfNode: 'هذا عنوان عقدة. اختر «عقدتي الخاصة» للتعدين عليها.',
    placeIsOfPool: 'هذا عنوان مجمّع وليس عنوان عقدة.',
    loginItemUnwritable: 'تعذّر تغيير الفتح عند تسجيل الدخول ({{reason}}). غيّره في إعدادات نظامك.',
    optionUnknown: 'النص «\u200e{{option}}\u200e» ليس خيارًا. راجع \u200e--help\u200e.',
    optionTakesNoValue: 'الخيار \u200e--{{name}}\u200e لا يأخذ قيمة.',
    optionNeedsValue:
      'الخيار \u200e--{{name}}\u200e يحتاج إلى قيمة: \u200e--{{name}} {{value}}\u200e.',
    optionTwice: 'ورد الخيار \u200e--{{name}}\u200e مرتين. اكتبه مرة واحدة.',
    optionInvalid: 'الخيار \u200e--{{name}}\u200e: {{reason}}',
    optionNotWith: 'الخيار \u200e--{{name}}\u200e لا يجتمع مع \u200e--{{other}}\u200e. احذفه.',
    optionNotWithFile:
      'يحدد الملف مجمّعاته وأسماء الدخول إليها، لذا لا يجتمع معه الخيار \u200e--{{name}}\u200e. اكتب \u200e--pool\u200e أيضًا، أو غيّر الملف.',
    placeMissing:
      'حدّد مكان التعدين: \u200e--pool HOST:PORT\u200e أو \u200e--daemon URL\u200e أو \u200e--practice\u200e (راجع \u200e--help\u200e).',
    placesTooMany: 'اختر واحدًا من \u200e--{{one}}\u200e و\u200e--{{other}}\u200e.',
    nodeLoginInUrl:
      'تأخذ العقدة بيانات الدخول في URL، لا من \u200e--{{name}}\u200e: \u200e--daemon http://USER:PASSWORD@HOST:PORT\u200e.',
    poolIsNode:
      'الخيار \u200e--pool\u200e: «\u200e{{url}}\u200e» عنوان monerod. استخدم \u200e--daemon\u200e بدلًا منه.',
    walletMissingForNode:
      'يحتاج التعدين على monerod إلى \u200e--wallet ADDRESS\u200e، وهو ما يتلقى المكافآت.',
    walletMissingForPool:
      'يحتاج التعدين على مجمّع إلى \u200e--wallet ADDRESS\u200e (أو \u200e--login TEXT\u200e).',
    walletAndLogin: 'اكتب \u200e--wallet\u200e أو \u200e--login\u200e، لا كليهما.',
    nodeNeedsPrimaryAddress:
      'الخيار \u200e--wallet\u200e: يحتاج التعدين على monerod إلى عنوان أساسي لا غير. يبدأ بالرقم 4 وفيه 95 حرفًا.',
    fingerprintInvalid:
      'الخيار \u200e--tls-fingerprint\u200e يأخذ بصمة SHA-256 لشهادة: 64 رقمًا ست عشريًا.',
    algorithmNeedsPool:
      'الخيار \u200e--algo {{algorithm}}\u200e يحتاج إلى \u200e--pool\u200e لديه عمل كهذا.',
    threadsInvalid:
      'الخيار \u200e--threads\u200e يأخذ على هذا الحاسوب رقمًا من 1 إلى {{most}}، لا «{{given}}».',
    choiceInvalid:
      'الخيار \u200e--{{name}}\u200e يأخذ إحدى القيم \u200e{{choices}}\u200e، لا «{{given}}».',
    durationInvalid:
      'الخيار \u200e--duration\u200e يأخذ عددًا من الثواني، أكثر من 0 وبحد أقصى {{most}}، لا «{{given}}».',
    tuneNotWith: 'الخيار \u200e--tune\u200e يقيس ولا يعدّن، لذا لا يجتمع مع \u200e--{{name}}\u200e.',
    apiTokenAlone:
      'الخيار \u200e--api-token\u200e مخصص لواجهة HTTP API. اكتب منفذًا لها أيضًا: \u200e--api-port N\u200e.',
    apiPortInvalid: 'الخيار \u200e--api-port\u200e يأخذ رقمًا من 1 إلى 65535، لا «{{given}}».',
    apiTokenInvalid:
      'تحتاج واجهة HTTP API إلى \u200e--api-token TEXT\u200e: عدد من أحرف ASCII لا يقل عن {{least}}، بلا مسافات، يجب أن يرسلها قرّاؤها.',
    configTooLong: 'الملف «\u200e{{file}}\u200e» أكبر من أن يكون قائمة خيارات.',
    configUnreadable: 'تعذّرت قراءة الملف «\u200e{{file}}\u200e»: {{reason}}',
    configNotJson:
      'الملف «\u200e{{file}}\u200e» ليس JSON صالحًا (السطر {{line}}، العمود {{column}}). اكتب شيئًا مثل \u200e{"practice": true}\u200e.',
    configNotAnObject:
      'يجب أن يحوي الملف «\u200e{{file}}\u200e» كائنًا واحدًا، مثل \u200e{"practice": true}\u200e، أو أن يكون ملف config.json الخاص بـ XMRig.',
    configUnknownOption:
      'في «\u200e{{file}}\u200e»، ليس «{{name}}» خيارًا. استخدم الأسماء الواردة في \u200e--help\u200e.',
    configNoFlag: 'في «\u200e{{file}}\u200e»، يجب أن تكون قيمة «{{name}}» إما true وإما false.',
    configNoText:
      'في «\u200e{{file}}\u200e»، يجب أن تكون قيمة «{{name}}» نصًا مثل \u200e{{wanted}}\u200e.',
    fileMissing: 'لا يوجد ملف كهذا.',
    fileForbidden: 'لا يُسمح لك بقراءته.',
    fileIsFolder: 'هو مجلد.',
    fileFault: 'يقول النظام {{code}}.',
    xmrigNoPool: 'ليس في ملف XMRig أي مجمّع مفعّل.',
    xmrigNoUrl: 'ليس له عنوان.',
    xmrigPoolSkipped: 'يُترك المجمّع «{{pool}}» الوارد في ملف XMRig: {{reason}}',
    xmrigNotOurs: 'لا يمكن تعدين «{{what}}» هنا.',
    xmrigSelfSelect: 'تعدين قوالب كتل من عندك (self-select) غير مدعوم.',
    xmrigPrivateKey:
      'يحتوي ملف XMRig على مفتاح خاص (spend-secret-key). لا يقرأ Ibctminer أي مفتاح أبدًا. احذفه من الملف ثم أعد المحاولة.',
    xmrigCpuOff: 'يوقف ملف XMRig التعدين بالمعالج، ولا يعدّن Ibctminer بأي شيء آخر.',
    xmrigIgnored: 'لا أثر هنا لهذه الإعدادات الواردة في ملف XMRig: \u200e{{names}}\u200e.',
    xmrigDonation: 'لا أثر لمستوى التبرع في XMRig: لا تبرع هنا ولا رسوم.',
    xmrigPriority: 'لخيوط التعدين هنا دائمًا أدنى أولوية، مهما قال ملف XMRig.',
    xmrigMsr:
      'لا يغيّر Ibctminer سجلات المعالج (wrmsr) أبدًا. أما XMRig فيغيّرها حين يعمل بصلاحيات root، ويكسب بضعة في المئة.',
    xmrigGpu: 'يعدّن Ibctminer بالمعالج فقط. يُترك OpenCL وCUDA.',
    xmrigPauses: 'الإيقاف المؤقت على البطارية أو أثناء استخدام الحاسوب ميزة في تطبيق سطح المكتب.',
    xmrigApiNotLocal:
      'تستمع واجهة HTTP API في ملف XMRig على \u200e{{host}}\u200e. وهي لا تجيب هنا إلا هذا الحاسوب، لذا تبقى متوقفة. استخدم \u200e--api-port\u200e.',
    xmrigApiToken:
      'ليس لواجهة HTTP API في ملف XMRig رمز وصول لا تقل أحرفه عن {{least}}، لذا تبقى متوقفة. استخدم \u200e--api-port\u200e و\u200e--api-token\u200e.',
    xmrigApiReadOnly: 'واجهة HTTP API هنا للقراءة فقط.',
    apiPortTaken: 'المنفذ {{port}} مستخدم بالفعل. اختر منفذًا آخر لواجهة HTTP API.',
    apiCannotListen:
      'تعذّر على واجهة HTTP API الاستماع على المنفذ {{port}} ({{reason}}). اختر منفذًا آخر.',
    releaseKeyNone: 'ليس في هذه النسخة مفتاح إصدار، لذا لا تستطيع تمييز الأصلي من غيره.',
    signatureUnreadable: 'تعذّرت قراءة التوقيع، لذا لا يوثق بأي شيء مما يشمله.',
    signatureForeign: 'لم يُوقَّع الملف بمفتاح من مفاتيح Ibctminer، لذا لا يوثق به.',
    signatureWrong: 'التوقيع لا يطابق: غُيّر الملف بعد توقيعه.',
    releaseUnreadable: 'تعذّرت قراءة ما يقوله الخادم عن أحدث إصدار.',
    fileListForeign: 'قائمة الملفات موقّعة، لكنها ليست قائمة هذا الإصدار.',
    comparingNeedsMemory:
      'تحتاج المقارنة إلى \u200e5 GiB\u200e من الذاكرة الحرة لمجموعتَي بيانات؛ والحر الآن \u200e{{bytes, gibibytes}}\u200e. أغلق برامج أخرى ثم أعد المحاولة.',
    commandFailed: 'The command failed: {{said}}', // untranslated
    commandGone: 'This command no longer fits this computer. Check again.', // untranslated
    promptOpen: 'The system’s prompt is already open. Answer it first.', // untranslated
    comparingEnded: 'أُنهي القياس قبل اكتماله.',
    tariffUnreadable: 'تعذّرت قراءة \u200e{{file}}\u200e: {{reason}}. اختر ملفًا آخر.',
    tariffColumns:
      'ينبغي أن يحوي السطر {{line}} ساعة وسعرًا، بهذا الشكل: \u200e07:00;0,25\u200e، لكنه «\u200e{{text}}\u200e». لم يؤخذ شيء من الملف.',
    tariffHour:
      'السطر {{line}}: «\u200e{{text}}\u200e» ليست ساعة كاملة من 0 إلى 23، مثل 7 أو \u200e07:00\u200e. لم يؤخذ شيء من الملف.',
    tariffPrice:
      'السطر {{line}}: «\u200e{{text}}\u200e» ليس سعرًا، مثل \u200e0.25\u200e أو \u200e0,25\u200e. لم يؤخذ شيء من الملف.',
    tariffTwice:
      'يعطي السطر {{line}} سعرًا ثانيًا للساعة {{hour}}. أبقِ ساعات يوم واحد الأربع والعشرين فقط. لم يؤخذ شيء من الملف.',
    tariffMissing:
      'لا يوجد في الملف سعر لهذه الساعات: {{hours}}. ينبغي أن يحوي ساعات اليوم الأربع والعشرين كلها. لم يؤخذ منه شيء.',
    poolApiFailed: 'تعذّر سؤال \u200e{{host}}\u200e عن رصيدك. {{why}}',
    poolApiStatus: 'أجاب الخادم بحالة HTTP رقم {{status}}. أعد المحاولة لاحقًا.',
    poolApiRedirects:
      'أحال الخادم التطبيق إلى خادم آخر، والتطبيق لا يتبع ذلك. ربما انتقلت واجهة الويب للمجمّع.',
    poolApiTooLong: 'جواب الخادم أطول من {{size}} بايت، لذا لم يُقرأ.',
    poolApiSilent: 'لم يُكمل الخادم جوابه خلال \u200e{{seconds}} s\u200e. أعد المحاولة لاحقًا.',
    poolApiBroken: 'انقطع الاتصال ({{reason}}). أعد المحاولة لاحقًا.',
    poolApiStrange: 'جواب الخادم ليس ما يتوقعه هذا التطبيق. ربما تغيّرت واجهة الويب للمجمّع.',
    poolApiNoAddress: 'لا يعرف الخادم عنوانك بعد. سيعرفه بعد حصتك الأولى هناك.',
    releaseServer:
      'تعذّر سؤال خادم التحديثات \u200e{{host}}\u200e ({{reason}}). أعد المحاولة لاحقًا.',
    updateChanged:
      'ما نُزّل ليس ما وُقّع، لذا حُذف. أعد المحاولة؛ فإن لم يُجدِ ذلك فانظر في صفحة التنزيل.',
    updateNotHere: 'لا يوجد ما يُثبَّت بعد. نزّل الإصدار الأحدث أولًا.',
    updateAwaitsBlock: 'كتلة في طريقها إلى عقدتك. ثبّت بعد وصولها.',
    updateNotOpened: 'لم يستطع النظام فتح \u200e{{file}}\u200e ({{said}}).',
  },
  why: {
    needsConsent: 'لا تعدين: لم توافق بعد على التعدين على هذا الحاسوب.',
    notStartedYet: 'لا تعدين بعد: يبدأ عندما تضغط «بدء».',
    stoppedByUser: 'أوقفتَه أنت.',
    over: 'متوقف: انتهى هذا التشغيل.',
    quitting: 'ينتهي التطبيق فور أن تتسلّم عقدتك الكتلة التي وجدتها. أنهِه مرة أخرى للتخلي عنها.',
    connecting: 'جارٍ الاتصال بالمجمّع أو العقدة.',
    preparing: 'جارٍ تحضير أول هاش.',
    building: {
      only: 'جارٍ بناء مجموعة البيانات: {{progress, percent}}.',
      mining:
        'جارٍ بناء مجموعة البيانات: {{progress, percent}}. والتعدين جارٍ في أثناء ذلك في الوضع الخفيف.',
      practising:
        'جارٍ بناء مجموعة البيانات: {{progress, percent}}. والتدريب جارٍ في أثناء ذلك في الوضع الخفيف، بلا أرباح.',
    },
    mining: {
      fast: 'التعدين جارٍ في الوضع السريع.',
      light: 'التعدين جارٍ في الوضع الخفيف.',
    },
    practising: {
      fast: 'التدريب جارٍ في الوضع السريع، بلا أرباح.',
      light: 'التدريب جارٍ في الوضع الخفيف، بلا أرباح.',
    },
    paused: 'متوقف مؤقتًا: {{reasons}}.',
    pausedFor:
      'متوقف مؤقتًا: {{reason}}، والباقي \u200e{{remainingMs, duration}}\u200e (حتى {{end}}).',
    held: {
      heat_zero: 'بلا خيوط، حفاظًا على البرودة.',
      heat_one: 'مقصور على خيط واحد حفاظًا على البرودة.',
      heat_two: 'مقصور على خيطين حفاظًا على البرودة.',
      heat_few: 'مقصور على {{count}} خيوط حفاظًا على البرودة.',
      heat_many: 'مقصور على {{count}} خيطًا حفاظًا على البرودة.',
      heat_other: 'مقصور على {{count}} خيط حفاظًا على البرودة.',
      watts_zero: 'بلا خيوط، توفيرًا للطاقة.',
      watts_one: 'مقصور على خيط واحد توفيرًا للطاقة.',
      watts_two: 'مقصور على خيطين توفيرًا للطاقة.',
      watts_few: 'مقصور على {{count}} خيوط توفيرًا للطاقة.',
      watts_many: 'مقصور على {{count}} خيطًا توفيرًا للطاقة.',
      watts_other: 'مقصور على {{count}} خيط توفيرًا للطاقة.',
    },
    notScheduledYet: 'في الانتظار حتى {{end}}، بحسب جدولك.',
    neverScheduled: 'لا تعدين: ليس في جدولك أي ساعات.',
    reasonUntil: '{{reason}} حتى {{end}}',
    pausedBecause: {
      user: 'بطلب منك',
      snooze: 'لمدة محددة',
      battery: 'على البطارية',
      inUse: 'أنت تستخدم الحاسوب',
      schedule: 'خارج الساعات المجدولة',
      heat: 'المعالج ساخن جدًا',
      fullScreen: 'يعمل برنامج بملء الشاشة',
      metered: 'الاتصال بالإنترنت محدود',
      listedProcess: 'يعمل برنامج من قائمتك',
    },
    goesOn: {
      user: 'اضغط «استئناف» للمتابعة.',
      battery: 'يُستأنف عند العودة إلى الكهرباء.',
      inUse: 'يُستأنف عندما تترك الحاسوب دون استخدام.',
      heat: 'يُستأنف عندما يبرد.',
      fullScreen: 'يُستأنف عند الخروج من ملء الشاشة.',
      metered: 'يُستأنف عند استخدام اتصال آخر.',
      listedProcess: 'يُستأنف عندما ينتهي.',
    },
    retrying: 'إعادة المحاولة خلال \u200e{{retryInMs, duration}}\u200e: {{problem}}',
  },
  log: {
    connected: 'تم الاتصال بـ \u200e{{place}}\u200e.',
    connectedEncrypted: 'تم الاتصال بـ \u200e{{place}}\u200e عبر TLS.',
    connectedByTls:
      'تم الاتصال بـ \u200e{{place}}\u200e عبر TLS. بصمة SHA-256 للشهادة: \u200e{{fingerprint}}\u200e.',
    connectedPractice: 'تم الاتصال بمجمّع التدريب، بلا أرباح.',
    loggedIn: 'تم تسجيل الدخول.',
    job: 'مهمة جديدة: {{algorithm}}، الصعوبة {{difficulty, integer}}.',
    jobAtHeight: 'مهمة جديدة: {{algorithm}}، الصعوبة {{difficulty, integer}}، الارتفاع {{height}}.',
    jobRefused: 'رُفضت المهمة. {{problem}}',
    shareAccepted: 'قُبلت الحصة (الصعوبة {{difficulty, integer}}، \u200e{{ms}} ms\u200e).',
    shareRejected: 'رُفضت الحصة. {{problem}}',
    shareStale: 'حصة متأخرة. {{problem}}',
    disconnected: '{{problem}} المحاولة التالية خلال \u200e{{retryInMs, duration}}\u200e.',
    givenUp: 'توقفت المحاولات. {{problem}}',
    problem: '{{problem}}',
    notStartedAfterStop: 'لم يبدأ تلقائيًا: أوقفتَ التعدين في المرة الماضية.',
    notStartedAfterCrash: 'لم يبدأ تلقائيًا: لم ينتهِ Ibctminer في المرة الماضية كما ينبغي.',
    stoppedByFault: 'أوقف خطأ داخلي التعدين: {{reason}}',
    newVersion: 'الإصدار {{version}} متاح. تخبرك الإعدادات بكيفية تثبيته.',
    fullPowerNotKept: 'لم يُبقَ على القوة الكاملة. عودة إلى الإعداد السابق.',
  },
  tray: {
    start: 'بدء',
    stop: 'إيقاف',
    power: 'القوة',
    profile: {
      quiet: 'هادئة',
      balanced: 'متوازنة',
      full: 'كاملة',
    },
    shares: 'الحصص: {{accepted}} مقبولة، {{rejected}} مرفوضة، {{stale}} متأخرة',
    open: 'فتح Ibctminer',
    settings: 'الإعدادات…',
    quitMining: 'إنهاء (يوقف التعدين)',
  },
  notification: {
    hidden: 'يواصل Ibctminer العمل في علبة النظام. استخدم قائمته لإيقاف التعدين أو الإنهاء.',
    blockUnderWay:
      'وجدتَ كتلة. ينتهي Ibctminer فور أن تتسلّمها عقدتك، في غضون دقيقتين. أنهِه مرة أخرى لينتهي الآن.',
    goesOn: 'عاد التعدين.',
    poolDown: 'لم يعطِ \u200e{{host}}\u200e أي عمل منذ دقيقتين.',
    poolDownBecause: 'لم يعطِ \u200e{{host}}\u200e أي عمل منذ دقيقتين: {{why}}',
    poolBack: 'عاد \u200e{{host}}\u200e إلى العمل.',
    noShares: 'لا حصة منذ مدة بلغت {{times}} أضعاف المتوقع. افتح المحفوظات لمعرفة المزيد.',
    rejects: 'يرفض المجمّع {{part, percent}} من حصصك.',
  },
  dialog: {
    quitStops: 'الإنهاء يوقف التعدين',
    quitStopsDetail: 'لن يُعثر على حصص أخرى حتى تفتح Ibctminer وتبدأ التعدين من جديد.',
    noSandbox: 'لا يعمل Ibctminer بدون صندوق العزل (sandbox)',
    noSandboxDetail:
      'شُغّل بالخيار \u200e--no-sandbox\u200e، وهو ما يتيح لخلل في النافذة الوصول إلى ملفاتك. شغّله بدون ذلك الخيار؛ وإن كان نظامك يمنع صندوق العزل فثبّت حزمة Debian، فهي تأتي بالإذن اللازم له.',
    pictures: 'الصور',
    tables: 'جداول (CSV)',
    pageFails: 'تنهار النافذة مرارًا',
    pageFailsDetail: 'لم يتأثر التعدين. أعد المحاولة، أو أنهِ التطبيق وأوقف التعدين.',
  },
  terminal: {
    what: 'عدّن Monero بمعالج حاسوبك، في الطرفية.',
    options: '[خيارات]',
    exit: 'المفتاحان Ctrl+C للإيقاف. رمز الخروج: 0 بعد الإيقاف، 2 لاستخدام خاطئ، 1 لفشل ينهي التعدين.',
    option: {
      pool: 'التعدين على هذا المجمّع؛ كرّره لإضافة مجمّعات احتياطية',
      daemon: 'تعدين منفرد على monerod: \u200ehttp://127.0.0.1:18081[/?zmq=PORT]',
      practice: 'التعدين على مجمّع التدريب المدمج: عمل حقيقي، بلا أرباح',
      wallet: 'عنوان Monero الخاص بك، وأيضًا ADDRESS+DIFF أو ADDRESS.RIG',
      login: 'يُرسَل إلى المجمّع كما كُتب تمامًا، بدلًا من \u200e--wallet',
      pass: 'كلمة السر للمجمّع (الافتراضية: x)',
      tls: 'استخدام TLS؛ تُعرض أول شهادة وتُثبَّت لهذا التشغيل',
      'tls-fingerprint': 'بصمة SHA-256 للشهادة الوحيدة المقبولة',
      'rig-id': 'اسم هذا الحاسوب كما يعرضه المجمّع',
      socks5: 'الوصول إلى المجمّع عبر هذا الوكيل',
      threads: 'عدد خيوط التعدين',
      mode: 'الوضع fast يحتاج إلى \u200e2.3 GiB من الذاكرة، وlight إلى \u200e256 MiB',
      algo: 'قبول مهام هذه الخوارزمية فقط',
      'api-port': 'واجهة HTTP API للقراءة فقط على \u200e127.0.0.1\u200e، للوحات المعلومات',
      'api-token': 'ما يجب أن يرسله قرّاء الواجهة؛ 8 أحرف أو أكثر',
      inspect: 'عرض كل رسالة من المجمّع وإليه، بلا عنوانك',
      tune: 'قياس هذا الحاسوب لنحو دقيقة وحفظ أسرع الإعدادات؛ لا يعدّن',
      'no-learning': 'عدم تجربة إعدادات أخرى (الخيوط، الهاشات المتوازية) أثناء التعدين',
      config: 'قراءة الخيارات من ملف JSON بالأسماء الواردة هنا، أو من config.json الخاص بـ XMRig',
      duration: 'التوقف بعد هذا العدد من الثواني',
      json: 'طباعة كائن JSON واحد في كل سطر',
      help: 'عرض هذه المساعدة',
      version: 'عرض الإصدار',
    },
    demonstration:
      'عرض توضيحي: عدد الحصص {{shares}}، على مجمّع التدريب داخل هذا البرنامج. بلا أرباح. ينهيه Ctrl+C.',
    status:
      '\u200e{{h10s}} 10 s · {{h60s}} 60 s · {{h15m}} 15 min\u200e · {{accepted}} مقبولة، {{rejected}} مرفوضة، {{stale}} متأخرة',
    dataset: 'مجموعة البيانات {{progress, percent}}',
    practicePool: 'مجمّع التدريب',
    api: 'واجهة HTTP API للوحات المعلومات: {{url}}/2/summary و{{url}}/metrics',
    ended:
      'انتهى بعد \u200e{{ms, duration}}\u200e: {{accepted}} مقبولة، {{rejected}} مرفوضة، {{stale}} متأخرة، عدد الهاشات {{hashes, integer}}.',
    tuneBegins: 'جارٍ قياس هذا الحاسوب لنحو دقيقة. لا يُرسَل شيء إلى أحد.',
    tunePoint: '{{threads}}، {{sideBySide}}: \u200e{{rate, hashrate}}',
    tuneKept: 'حُفظ لـ {{algorithm}} في الوضع {{mode}}: {{best}}',
    forReal: 'للتعدين الحقيقي، على حاسوب تملكه أو يُسمح لك باستخدامه:',
    forRealAlone: 'أو منفردًا على monerod الخاص بك:',
    allOptions: 'كل الخيارات:',
  },
};
